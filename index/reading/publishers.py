"""Publishers whose name alone on a line, or whose address, says where a saved page comes from."""

from dataclasses import dataclass
from urllib.parse import urlsplit

NEWS, WEBPAGE, REPORT = "article-newspaper", "webpage", "report"


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher as citations name it, with the CSL type of what it mostly puts out."""

    name: str
    kind: str


# Name; other names; host names; what it mostly puts out.
_TABLE = """
Eurasianet;;eurasianet.org;n
Radio Free Europe/Radio Liberty;RFE/RL,Radio Free Europe / Radio Liberty;rferl.org;n
Радио Азаттык;Азаттык,Радио Азаттық;rus.azattyq.org;n
Азаттық радиосы;Азаттық;azattyq.org;n
Азаттык Υналгысы;Азаттык Үналгысы;azattyk.org;n
Радио Озоди;;rus.ozodi.org;n
Настоящее Время;Current Time;currenttime.tv;n
Власть;Vlast,Vlast.kz,Власть.kz;vlast.kz;n
Orda.kz;Orda;orda.kz;n
Tengrinews;Tengrinews.kz,Tengri News;tengrinews.kz;n
Zakon.kz;;zakon.kz;n
Kazinform;Казинформ,Kazinform International News Agency;inform.kz,qazinform.com;n
The Astana Times;Astana Times;astanatimes.com;n
Forbes Kazakhstan;Forbes.kz;forbes.kz;n
Ferghana;Фергана,Fergana,Fergana News,Фергана.Ру;fergana.agency,fergana.ru,fergana.news;n
24.kg;24.KG;24.kg;n
Kloop;Клооп,Kloop.kg;kloop.kg;n
AKIpress;АКИpress;akipress.com,akipress.org;n
Asia-Plus;Азия-Плюс;asiaplustj.info,news.tj;n
The Diplomat;;thediplomat.com;n
openDemocracy;oDR,Open Democracy;opendemocracy.net;n
Mediazona;Медиазона,Медиазона Центральная Азия;zona.media,mediazona.ca;n
Meduza;Медуза;meduza.io;n
Novaya Gazeta;Новая газета,Новая газета Европа;novayagazeta.ru,novayagazeta.eu;n
Kommersant;Коммерсантъ,Коммерсант;kommersant.ru;n
Interfax;Интерфакс;interfax.ru,interfax.kz;n
TASS;ТАСС;tass.ru,tass.com;n
Sputnik;Sputnik Казахстан,Sputnik Қазақстан;sputniknews.com,sputnik.kz;n
Reuters;;reuters.com;n
Associated Press;AP News,AP;apnews.com;n
BBC News;BBC,Би-би-си,BBC News Русская служба,Русская служба Би-би-си;bbc.com,bbc.co.uk;n
Deutsche Welle;DW;dw.com;n
The Guardian;;theguardian.com;n
The New York Times;;nytimes.com;n
Bellingcat;;bellingcat.com;n
OCCRP;Organized Crime and Corruption Reporting Project;occrp.org;n
Institute for War and Peace Reporting;IWPR,Institute for War & Peace Reporting;iwpr.net;n
CABAR.asia;CABAR;cabar.asia;n
Central Asia-Caucasus Analyst;;cacianalyst.org;n
Jamestown Foundation;The Jamestown Foundation;jamestown.org;n
Freedom House;;freedomhouse.org;r
Human Rights Watch;HRW;hrw.org;r
Amnesty International;;amnesty.org;r
Open Dialogue Foundation;Open Dialog Foundation,ODF;odfoundation.eu;r
International Partnership for Human Rights;IPHR;iphronline.org;r
Norwegian Helsinki Committee;;nhc.no;r
Front Line Defenders;;frontlinedefenders.org;r
Foreign Policy Centre;The Foreign Policy Centre,FPC;fpc.org.uk;r
Chatham House;;chathamhouse.org;r
International Crisis Group;Crisis Group;crisisgroup.org;r
International Commission of Jurists;ICJ;icj.org;r
International Federation for Human Rights;FIDH;fidh.org;r
CIVICUS;CIVICUS Monitor;civicus.org;r
Reporters Without Borders;RSF;rsf.org;r
Committee to Protect Journalists;CPJ;cpj.org;r
Adil Soz;Әділ сөз,Адил соз;adilsoz.kz;r
Казахстанское международное бюро по правам человека;КМБПЧ,KIBHR;bureau.kz;r
Memorial;Мемориал;memohrc.org,memo.ru;r
OSCE Office for Democratic Institutions and Human Rights;ODIHR,OSCE/ODIHR;osce.org;r
Office of the United Nations High Commissioner for Human Rights;OHCHR;ohchr.org;r
European Parliament;;europarl.europa.eu;r
Council of Europe;;coe.int;r
U.S. Department of State;US Department of State;state.gov;r
"""


def _read() -> tuple[dict[str, Publisher], dict[str, Publisher]]:
    names, hosts = {}, {}
    for line in _TABLE.strip().splitlines():
        name, others, places, kind = line.split(";")
        found = Publisher(name, NEWS if kind == "n" else REPORT)
        for each in (name, *filter(None, others.split(","))):
            names[each.casefold()] = found
        for host in places.split(","):
            hosts[host] = found
    return names, hosts


_NAMES, _HOSTS = _read()


def named(line: str) -> Publisher | None:
    """Return the publisher whose name a line consists of."""
    return _NAMES.get(line.strip(" .:|—–-»").casefold())


def of_address(url: str) -> Publisher | None:
    """Return the publisher at whose host an address is."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    while "." in host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.split(".", 1)[1]
    return None
