import { stem } from './stem.ts';

const set = (words: string) => new Set(words.trim().split(/[\s]+/));
const stems = (words: string) => new Set(words.trim().split(/\s+/).map(stem));

/** Words that carry no claim of their own. */
export const FUNCTION =
  set(`a an the this that these those there here it its itself he she they them their theirs we us our ours you your yours
i me my who whom whose which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to up down
under with within without about above across after again against along among around before behind below beneath beside besides between beyond
during except inside near outside per since through throughout till toward towards until upon via is are was were be been being am do does did doing
have has had having will would shall should can could may might must ought not no none never neither either both each every any some all most more
less few fewer many much several such other others another same own too very also just only even still already now once twice further however therefore
thus hence moreover furthermore meanwhile otherwise instead rather else while whereas although though because unless whether ever away back yes
one ones cannot can't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't couldn't shouldn't it's we're we've they're
i'm you're that's there's let's nothing nobody anything something everything anyone everyone everybody nowhere onwards onward
regarding concerning respect relation related according respectively roughly approximately exactly nearly almost least utc o'clock am pm hours
mr mrs ms dr eg ie etc vs re`);

/** Words of the frame of a notice: usual in any of them, without a claim that a record would have to carry. Compared by stem. */
export const FRAME =
  stems(`please dear sincerely regards kind hello thank thanks sorry regret apologise apologize inconvenience patience understand
understanding currently present presently today tonight yesterday tomorrow far recent recently moment time date day week month hour minute date
work working team step steps measure measures action actions take taking make making full fully part parts able want need needs like help support assist assistance
know known unknown aware learn inform information detail details question questions following follow additional additionally further next
first second update updates status current currently latest new ongoing continue continuing remain possible possibly likely probably potentially appear appears seem
suspect suspected suspicion believe assume presume confirmed confirm confirmation established determined yet reason reasons include including included
concern concerned situation incident event events issue issues matter result results order due purpose light basis based respect precaution precautionary
place set put get got go going come keep kept see seen say said tell told mean means call called use used using give given
certain specific particular relevant respective overall general separate together early late later earlier soon quickly shortly previously prior subsequent
subsequently afterwards meanwhile finally initially originally eventually initial period window range between end start started begin began
across entire whole total number count amount both several various own side behalf party statement finding findings record records entry
write written read reading note noted letter notice notification report reported share shared
organisation organization company business firm people person anyone anybody someone everyone
find found look looked view way well good bad right left same different similar equal least more less most
according source sources result ask asked let become became happen happened occur occurred exist
our your their its us them system systems environment ourselves yourself yourselves themselves himself herself
carry carried out conduct conducted perform performed undertake undertaken do done respond response reply rely
since until throughout time zone clock noon midnight morning afternoon evening night
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
half quarter dozen hundred thousand million percent per cent`);

/** Sentence openings and titles that are capitalised and are nobody's name. */
export const NEGATORS = set(`not no never none neither nor without cannot nothing nobody nowhere n't`);
