/**
 * What incident notices speak of. One line per concept: `id < parent ! : words`. Words of one line mean the same here;
 * a parent may stand for its children in a draft (people for patients), never the other way round.
 * `!` marks a claim: a draft may only say it when a cited entry does. `~` marks words so general that they say nothing new.
 */
export const THINGS = `
machine < system ~: machine; device; host; computer; endpoint; asset; box; equipment; hardware
server < machine: server; servers; virtual machine; vm; vms
workstation < machine: workstation; desktop; pc; pcs
laptop < workstation: laptop; notebook
phone_device < machine: handset; smartphone; tablet
system ~: system; environment; infrastructure; estate; platform
network < system ~: network; lan; wan; subnet; vlan; segment
firewall: firewall; gateway; router; switch port
cloud < system ~: cloud; tenant; tenancy; saas
product ~: product; software; application; app; program; tool; solution; suite
agent < product: agent; agents
package < product: package; library; dependency; module; component; plugin; plug-in; extension; connector; integration
rmm < product ~: rmm; remote management; remote monitoring; management tool; management server; management software; remote access tool
console: console; dashboard; portal; web interface; admin interface
version ~: version; release; build
update_thing: update; hotfix; patch
client ~: client; customer
vendor ~: vendor; supplier; manufacturer; publisher; maker; software provider
people ~: people; individual; person; data subject; anyone; somebody; someone
patient < people ! : patient; patients
employee < people: employee; staff; worker; colleague; personnel; workforce; team member; member of staff; members of staff; staff member; technician; engineer; analyst; operator; operators
user < people: user; subscriber; account holder
resident < people: resident; citizen; inhabitant
student < people ! : student; pupil
member < people: member; policyholder; insured person
guest < people: guest; visitor
donor < people ! : donor
account ~: account; login; identity; user id; profile
mailbox < account: mailbox; inbox
admin: administrator; admin; administrative; privileged
service_account < account: service account
credential ~: credential; credentials; login details; sign-in details; secret; secrets
password < credential ! : password; passwords; passphrase
token < credential: token; tokens; session token; session; cookie
key < credential: key; keys; api key; signing key
certificate < credential: certificate; cert
data ~: data; information; content
record < data ~: record; row; data set; dataset
file < data: file; document; folder; share; attachment
mail < data: e-mail; email; mail; message; mails
database < data: database; db; table; schema
personal < data ! : personal; personally identifiable; pii; private data
payroll < data ! : payroll; salary; salaries; wage; wages; payslip; payslips
card_data < data ! : card; cards; credit card; payment card; card number; cardholder; card data
bank_data < data ! : bank; bank account; bank details; iban; account number; sort code
health_data < data ! : health; medical; diagnosis; clinical; treatment; phi; prescription; lab result
ssn < data ! : social security; ssn; national insurance
passport < data ! : passport; passports
identity_card < data ! : identity card; national id
driving_licence < data ! : driving licence; driving license; driver licence; driver license
birth < data ! : date of birth; dates of birth; birth date; birthday
home_address < data ! : postal address; home address; street address
financial < data ! : financial; accounting; tax
hr < data ! : hr; human resources; personnel file
source_code < data ! : source code; source repository
invoice < data: invoice; invoices; billing
log ~: log; logs; telemetry; audit trail; event data; records of sign-ins
proxy_log < log: proxy log; proxy logs; web proxy
firewall_log < log: firewall log; firewall logs; netflow; flow data
vpn_log < log: vpn log; vpn logs
edr: edr; endpoint detection; antivirus; endpoint protection; defender
backup: backup; backups; back-up; restore point; recovery point
snapshot < backup: snapshot; disk image; image; memory image
attacker ! : attacker; attackers; intruder; hacker; hackers; threat actor; threat actors; adversary; criminal; criminals; perpetrator; malicious actor; cybercriminal; bad actor; extortionist; thief; thieves
gang ! : gang; affiliate; cartel; crime group; ransomware group
nation ! : nation-state; nation state; state-sponsored; foreign government; government-backed; russian; chinese; iranian; north korean; russia; china; iran; north korea
insider ! : insider; former employee; ex-employee; disgruntled; rogue employee; contractor
ransomware ! : ransomware; crypto-locker; locker
malware ! : malware; malicious code; malicious software; malicious; trojan; backdoor; back door; web shell; webshell; payload; worm; implant; rootkit; infostealer; stealer; miner; virus; beacon; trojanise; trojanize; poison
vulnerability ! : vulnerability; vulnerabilities; flaw; weakness; bug; zero-day; zero day; security hole; defect; unpatched
phishing ! : phishing; phished; phish; social engineering; vishing; spear-phishing
misconfiguration ! : misconfiguration; misconfigured; configuration error; wrong setting; open port
human_error ! : human error; mistake; negligence; carelessness; negligent
brute_force ! : brute force; brute-force; password spray; password spraying; credential stuffing
supply_chain ~: supply chain; supply-chain
ransom ! : ransom; ransom demand; extortion; extort; blackmail
ransom_note ! : ransom note; extortion note
indicator ~: indicator; indicators; ioc; iocs; sign; signs; trace; traces; artefact; artifact; evidence; indication
anomaly ~: suspicious; unusual; anomalous; unexpected; unauthorised; unauthorized; without authorisation; without authorization; without permission; not authorised; not authorized; unknown sign-in
police: police; law enforcement; prosecutor; fbi; bka; cybercrime unit
regulator: regulator; supervisory authority; authority; authorities; data protection authority; commissioner
insurer: insurer; carrier; insurance; broker; underwriter
counsel: counsel; lawyer; attorney; law firm; legal adviser
forensics: forensic; forensics; investigator; forensic firm; incident responder; specialist; expert
site ~: site; office; location; branch; premises; facility; plant
warehouse < site: warehouse; depot
service ~: service; operation
outage: outage; downtime; interruption; disruption; unavailable; down; offline
incident ~: incident; event; issue; matter; situation; case; problem
ticket ~: ticket; case number; support case
website: website; web site; web page; site
vpn: vpn; remote access; remote desktop; rdp
traffic ~: traffic; connection; network connection; egress; outbound; upload volume
command ~: command; script; scripts; task; job; scheduled task
repository: repository; repo; registry
pipeline: pipeline; ci; build job; workflow; build server
rule ~: rule; setting; configuration; policy change
contract ~: contract; agreement; dpa; msa
deadline ~: deadline; due date
cause ~: cause; reason; root cause; origin
scope ~: scope; extent
money ~: cost; fee; payment; invoice amount
`;
