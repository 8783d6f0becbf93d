/**
 * What happens in an incident, in the form of `things.ts`. Siblings under one parent are near each other (told, phoned),
 * which is enough to recognise a paraphrase and not enough to take one event for another.
 */
export const EVENTS = `
inform: inform; notify; communicate; contact; share; pass on
tell < inform: tell; told; advise; brief; let know
alert < inform: alert; warn; warning; alarm; caution
call < inform: call; phone; ring; telephone; phone call
write < inform: write; e-mail; email; send; message; text; letter; mail
report < inform: report; file; submit; lodge; notification
publish < inform: publish; release; post; announce; disclose; issue; advisory; bulletin; public
say < inform: say; state; claim; mention; according; statement
receive: receive; arrive; come in; get; reach
ask: ask; request; question; query; require
reply: reply; answer; respond; response
detect: detect; discover; spot; identify; find; observe; see; flag; notice; uncover; show; reveal; turn up; raise; trigger; detection; seen; record; appear
aware: aware; learn; know; awareness
check: check; review; examine; search; scan; inspect; analyse; audit; look at; look through; look for; go through; test; hunt; assess; compare; sweep; look into; read; query; inspection; inventory; survey
investigate < check: investigate; investigation; inquiry; enquiry
confirm: confirm; verify; establish; determine; prove; validate; corroborate; confirmation
protect: contain; containment; secure; lock down; safeguard; protect; precaution
switch_off < protect: switch off; shut down; power off; turn off; power down; shutdown; take offline; offline; take down; bring down; shut off; take out of service; out of service; pull the plug
disable < protect: disable; deactivate; lock; lock out; suspend; turn off; switch off
disconnect < protect: disconnect; unplug; cut off; isolate; quarantine; take off the network; separate; segregate; isolation; off the network; take offline
block < protect: block; ban; blocklist; blacklist; deny; filter; close off
pause < protect: pause; on hold; stop; halt; freeze; suspend; put on hold
revoke < protect: revoke; invalidate; cancel; withdraw; expire; kill
uninstall < protect: uninstall; remove; delete; deinstall; take off; clean up; clean; eradicate; purge
switch_on: switch on; turn on; power on; power up; bring online; bring back online; back online; restart; reboot; enable; re-enable; reactivate; reconnect; online; start up; switch back on; turn back on; into service; back in service; in service
fix: fix; repair; resolve; solve; remedy; remediate; mend; close
patch < fix: patch; update; upgrade; apply; hotfix
correct < fix: correct; correction; amend; replace; supersede
restore < fix: restore; recover; bring back; resume; return; recovery; restoration; back in service; back online; rebuild
rebuild < fix: rebuild; reimage; re-image; reinstall; reinstallation
rotate < fix: rotate; reset; change; renew; reissue; replace; rotation; swap; successor; substitute; exchange
preserve: preserve; keep; retain; save; image; capture; collect; export; hold; preservation; store; copy
encrypt ! : encrypt; scramble; encrypted; unreadable
steal ! : steal; exfiltrate; exfiltration; theft; siphon; extract; data loss; leave our network; leave your network; leave the network
download ! : download
upload ! : upload; transfer out
leak ! : leak; dump; leak site; sell; for sale; dark web
expose ! : expose; exposure; disclose
access ! : access; log in; log on; sign in; sign-in; login; enter; break in; get into; intrusion; open; view; read; logon; sign-ins
compromise ! : compromise; breach; hack; infect; infection; break into; take over; takeover; hijack; tamper; trojanise; poison; trojanize
affect: affect; impact; hit; involve; concern; touch; strike; expose; impacted; reach
attack: attack; campaign
exploit ! : exploit; abuse; misuse; exploitation; weaponise
install: install; deploy; roll out; installation; deployment; set up; present; in use; in place; presence
run < install: run; execute; launch; operate; use; execution; using
wipe ! : wipe; erase; destroy; delete; destruction; purge; deletion
alter ! : alter; modify; tamper; manipulate; change; edit
create: create; add; generate; make; set up; open
distribute: push; distribute; deliver; ship; spread; roll out; deploy; send out; propagate
begin: start; begin; commence; first; initial; onset; beginning; earliest
finish: end; finish; complete; conclude; close; last; completion; stop; final; latest
go_on: continue; remain; still; ongoing; go on; carry on; under way; underway
grant: grant; grant access; give access; give consent; allow
approve: approve; authorise; authorize; sign off; consent; agree; accept; approval; sign
decide: decide; decision; choose; resolve
expect: expect; plan; intend; promise; aim; schedule; estimate; forecast; eta; anticipate; due; target; announce
engage: hire; engage; retain; appoint; instruct; bring in; commission; mandate; involve
pay ! : pay; payment; settle
demand ! : demand; extort; threaten; threat
fail: fail; failure; crash; unsuccessful; break; error; malfunction
missing: missing; unavailable; lost; gap; lack; not available; not retained; no longer available; overwrite; not exist; incomplete; without logs; not collected
absent: rule out; ruled out; exclude; absent; absence; free of; clean; unaffected; intact; untouched
move: move; migrate; transfer; shift; relocate
connect: connect; beacon; communicate; contact; call out; connection
monitor: monitor; watch; keep an eye; observe; monitoring
count: count; total; number; sum; amount; altogether; overall
replace_promise: postpone; delay; slip; later than; push back; put off; reschedule; move
book: book; order; buy
meet: meet; meeting; call; conference
print: print; printing
sync: sync; synchronise; replicate
`;

/** Pairs where one word where the entry has the other turns the statement round. */
export const OPPOSITES: readonly (readonly [string, string])[] = [
  ['switch_off', 'switch_on'],
  ['disconnect', 'switch_on'],
  ['disable', 'switch_on'],
  ['begin', 'finish'],
  ['install', 'uninstall'],
  ['affect', 'absent'],
  ['compromise', 'absent'],
  ['succeed', 'fail'],
];
/** The same for plain words: each row lists two sides. */
export const OPPOSITE_WORDS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['online', 'up', 'running', 'available', 'reachable', 'present'],
    ['offline', 'down', 'unavailable', 'unreachable', 'missing'],
  ],
  [
    ['internal', 'inside'],
    ['external', 'outside', 'public'],
  ],
  [
    ['increase', 'rise', 'grow', 'more', 'higher', 'up'],
    ['decrease', 'fall', 'drop', 'fewer', 'less', 'lower'],
  ],
  [['open'], ['closed']],
  [
    ['complete', 'completed', 'full', 'fully', 'entire', 'entirely'],
    ['incomplete', 'partial', 'partly', 'partially'],
  ],
  [
    ['all', 'every', 'each'],
    ['some', 'most', 'few', 'several'],
  ],
  [
    ['most', 'majority'],
    ['few', 'minority', 'some'],
  ],
  [
    ['success', 'successful', 'successfully', 'succeeded'],
    ['fail', 'failed', 'unsuccessful', 'unsuccessfully', 'failure'],
  ],
  [
    ['inbound', 'incoming'],
    ['outbound', 'outgoing'],
  ],
  [
    ['primary', 'main'],
    ['secondary', 'standby'],
  ],
  [['production'], ['test', 'staging', 'development']],
  [['encrypted'], ['unencrypted', 'plaintext', 'cleartext']],
  [
    ['authorised', 'authorized'],
    ['unauthorised', 'unauthorized'],
  ],
  [['known'], ['unknown']],
  [
    ['approved', 'agreed', 'accepted', 'consented', 'confirmed'],
    ['refused', 'rejected', 'declined', 'denied', 'withheld'],
  ],
  [
    ['possible', 'able'],
    ['impossible', 'unable'],
  ],
  [['voluntary'], ['mandatory', 'compulsory']],
  [
    ['stopped', 'halted', 'withheld', 'held'],
    ['released', 'resumed', 'sent', 'continued'],
  ],
  [['personal'], ['anonymous', 'anonymised']],
  [
    ['current', 'active', 'enabled'],
    ['former', 'inactive', 'disabled', 'dormant'],
  ],
  [
    ['download', 'downloaded'],
    ['upload', 'uploaded'],
  ],
  [
    ['day', 'daytime'],
    ['night', 'overnight'],
  ],
  [
    ['first', 'earliest', 'oldest'],
    ['last', 'latest', 'newest', 'final'],
  ],
  [
    ['largest', 'biggest', 'highest'],
    ['smallest', 'lowest'],
  ],
  [['new'], ['old']],
  [['cloud'], ['on-premises', 'on-prem', 'onprem']],
  [['physical'], ['virtual']],
  [['temporary'], ['permanent']],
  [['north'], ['south', 'east', 'west']],
  [['read'], ['write']],
];
