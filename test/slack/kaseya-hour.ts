/**
 * An hour of chat of a small provider on 2 July 2021, made from the dated events of the Kaseya incident: two people, tired, typing as people
 * do. "channel" is said to nobody in particular, "bot" mentions the bot in the channel, "thread" mentions it under the message before,
 * "reply" answers there without it, "direct" is a direct message to the bot. After it stands what must come of it: kinds of entries,
 * "answer" for an answer that records nothing and says the words in brackets, "keep" for words that are one click from a note, and
 * "keep note" and so on where they are also proposed as an entry. Nothing where nobody spoke to the bot.
 */
export const HOUR = `
ben channel | | anyone else seeing encrypted files on the dental clients??
ada channel | | yes. tulip too. 3 machines at least
ben channel | | agent.crt in c:\\kworking on all of them wtf
ada bot | answer (Step 1) | what now?
ben bot | keep note (Step 1) | we switched the VSA server off at 19:35, what now?
ben reply | | its really off, checked the console
ben bot | answer (Ada) | whos on this?
ada bot | note.recorded | note: kaseya alert at 18:00 says shut down VSA immediately
ben channel | | no clue, nobody looked at the file server yet
ben bot | finding.recorded | find tulip dental suspected: 3 machines encrypted, agent.exe in kworking
ada bot | finding.recorded | finding contoso: unknown
ben bot | keep finding | contoso is confirmed, 14 machines encrypted
ada bot | decision.taken | decide to keep VSA off until kaseya says otherwise because attackers cut admin access first
ben bot | keep decision | we decided to keep RDP open for the hospital, no choice
ada bot | ask.opened | ask @ben which clients were online between 16:00 and 18:00? by 21:00
ben thread | ask.answered | answer: 11 of 38, list is in the drive
ben channel | | :grimacing: :grimacing:
ada bot | answer (No notice to “acme”) | did we tell acme?
ada bot | answer (3 machines encrypted) | did anyone call tulip?
ben bot | keep note | yes I called them at half past seven, spoke to the owner
ada bot | answer (Step 1) | nextt
ben bot | keep (Did you mean) | noet: backup server is on its own network
ben bot | answer (0 of) | stauts
ada bot | note.recorded note.recorded | note: tulip called at 19:50 / note: contoso wants a call back at 21:00
ben bot | step.completed | done
ada bot | step.completed | ok done
ben bot | keep (Nothing was recorded) | done 2
ben bot | step.skipped | skip 3 cos we have no hosted VSA
ben bot | step.blocked | blocked, firewall admin is on a plane
ada bot | answer (firewall admin) | what is blocked?
ada bot | step.unblocked | unblock
ben channel | | kaseya site still says nothing lol
ada bot | statement.read | statement Kaseya: shut down your VSA server until further notice
ben bot | keep promise | kaseya says they will have an update at 13:00 utc tomorrow
ada bot | promise.given | promise Kaseya: next update by 13:00
ada bot | answer (legal advice) | who must we tell?
ben bot | answer (promise of Kaseya) | deadlines?
ben bot | answer (shut down your VSA) | what did kaseya say?
ada bot | answer (next update) | whats the latest from the vendor
ben bot | finding.recorded | find backups confirmed: untouched, last good copy 15:00, checked restore of 2 servers
ada bot | answer (untouched) | are backups ok?
ada bot | answer (contoso) | which clients are affected?
ada bot | keep (Where it stands) | hand over to the night shift
ben bot | note.recorded | note: @ada has the tulip keys
ada bot | handover.offered | hand over to @ben: you have it, tulip first
ben bot | handover.accepted | accept
ada direct | answer (Where it stands) | what did i miss?
ada direct | note.recorded | note: from my phone, acme is fine, AV caught it
ben direct | answer (several lines) | help
ada direct | keep promise | the vendor says tuesday
ben bot | keep (Not recorded.) | thanks
ada bot | ask.opened | remind me in 30 minutes to call tulip
ben bot | keep (send nothing on words) | can you tell acme that we are on it
ada bot | answer (drafted from the record) | draft a holding statement
ben bot | answer (Nothing is taken out) | scrap that last note
ada bot | keep (Why is entry 12) | correct entry 12: it was 19:53
ada bot | entry.corrected | correct entry 12: 4 machines because we counted again
ben bot | answer (tulip) | timeline
ben bot | answer (Ben) | roles
ben bot | role.assigned | I am the technical lead
ada bot | step.assigned | assign step 4 to @ben
ben bot | answer (call tulip) | open questions?
ben bot | answer (No decision on “RDP”) | what did we decide about RDP?
ada bot | answer (attackers cut admin) | why is VSA off?
ben bot | keep finding | support says card data was in there
ada bot | keep | false alarm on acme, it was their own script
ada bot | question.answered | personal data: yes
ada bot | keep | call vendor / done with the list
`;
