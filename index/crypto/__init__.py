"""The keys and files of an encrypted archive; none of this is loaded for a plain one."""
