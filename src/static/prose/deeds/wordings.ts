import type { Silence } from './kinds.ts';

/** What is written for the user to read, and for nobody else. */
const REPORT =
  '(?:summar(?:y|ies)|reports?|reporting|minutes|repl(?:y|ies)|answers?|messages?|overviews?|changelog|previews?|explanations?|receipts?|digests?|recaps?|sum-?up|conclusions?|letters?|write-?ups?|briefs?|briefings?|memos?|itinerary|quotes?|confirmations?|handover|feedback|agenda|newsletter|recommendations?|estimates?|presentation|comparisons?|comments?|remarks|verdicts?|statements?|invitations?|captions?|what (?:you|the user|they) (?:shows?|sees?|reads?|says?|tells?|gets?))';
/** The same, and what may be read by programs, too. */
const ANY_REPORT = `(?:${REPORT}|tables?|lists?|counts?|pages?|notes?|sheets?|breakdowns?|plans?|printouts?|release notes|reviews?|descriptions?|cards?|invoices?|drafts?|schedules?|results?|output|diff|commit message)`;
/** The user, under any name. */
const PEOPLE =
  '(?:(?:the |this |a |any |most |these |other |your )?(?:users?|customers?|readers?|persons?|people|owners?|requesters?|clients?|patients?|guests?|callers?|managers?|teams?|visitors?|pupils?|parents?|buyers?|colleagues?|famil(?:y|ies)|teachers?|audience|staff|students?|tenants?|applicants?|travell?ers|couples?|members|donors?|listeners|employees|candidates?|neighbours|[a-z]{3,12}(?:isors|itors|ants|ists|eers|ians|ewers)|whoever (?:asks?|asked|reads?))|nobody|no ?one|no-one|hardly anybody|anybody|anyone)';
/** Let somebody know. */
const TELL =
  '(?:mention(?:ed|ing)?|refer(?:red|ring)? to|report(?:ed|ing)?|t(?:ell|old|elling)(?: (?:the \\w+|them|anyone|anybody))?(?: about| of)?|announc(?:e|ed|ing)|bring up|brought up|br(?:ing|ought|inging) (?:it|this|them|that) up|draw(?:ing)? attention to|disclos(?:e|ed|ing)|spell(?:ed|ing)? out|point(?:ed|ing)? out|explain(?:ed|ing)?|comment(?:ed|ing)? on|remark(?:ed|ing)? on|not(?:ed|ing)|sa(?:id|ying)|nam(?:e|ed|ing)|list(?:ed|ing)?|itemi[sz](?:e|ed|ing)|show(?:n|ing)?|discuss(?:ed|ing)?|inform(?:ed|ing)?|notif(?:y|ied|ying)|singl(?:e|ed|ing) out|acknowledg(?:e|ed|ing)|talk about|talked about|dwell on)';
const THAT = '(?:it|this|that|them|these|those|either|both)';
/** What a text may give to something. */
const SPACE =
  '(?:mention|lines?|words?|remarks?|notes?|comments?|entr(?:y|ies)|rows?|explanations?|announcements?|notices?|footnotes?|headings?|bullets?|paragraphs?|sentences?|place|room|space|business|column|discussion|attention|explaining|mentioning|reporting|listing|introduction|ceremony|fuss|commentary|publicity)';
/** Anything that the text is about writing: what it says of itself counts as what the user reads. */
const THE_WORK = `(?:${ANY_REPORT}|(?:the|your|any|every|each|its|their|his|her|this) (?:\\w+ )?\\w+)`;
const NOT =
  "(?:(?:do|does|did|need|is|are|should|must|was|were)(?: not|n['’]t)|never|nor|neither|no need to|need not|(?<!could |can |would )not|no reason to|no point in|nowhere|hardly)";
const CONSENT =
  '(?:approvals?|confirmations?|confirming|permission|asking|consent|go-?ahead|sign-?offs?|second look|decisions?|authori[sz]ation|nod|say-so|countersignature|clearance|consultation|double-?check|approving|vetting|blessing|further questions?|questions? (?:about|of)|second signature)';
const SMALL = '(?:\\w{3,12} ){0,2}';
const ITS = '(?:the|your|any|every|what|his|her|their|its|all|both)';

const NEGATED = 'not t never nor neither no nowhere hardly';

/** Words of which one stands in each sentence that a wording fits (letters alone: "don't" is `don` and `t`), and the wording as an expression. */
export type Wording = readonly [needs: string, pattern: string];

const UNTOLD: readonly Wording[] = [
  // "The report gives just the space", "neither the list nor the answer has a word about it".
  [
    'only just nothing more',
    `\\b${REPORT} (?:gives?|shows?|names?|holds?|has|contains?|lists?|says?|states?|carries|covers?) (?:only|just|nothing but|no more than) (?:the|what) \\w+`,
  ],
  [
    'neither',
    "\\bneither (?:[\\w'’-]+ ){1,6}nor (?:[\\w'’-]+ ){1,6}(?:has|have|holds?|says?|mentions?|names?|lists?|shows?|speaks?|refers?|carries|gives?) (?:an? )?(?:word|line|mention|note|trace|of|about|to|it|this|that|them)\\b",
  ],
  // "It needs no line."
  [
    'no neither not hardly little',
    `\\b(?:needs?|requires?|wants?|takes?|deserves?|gets?|earns?|warrants?|merits?|calls? for|given?|receives?|finds?|occup(?:y|ies)|is worth|are worth) (?:no|neither an?|not an?|not even an?|hardly an?|little) ${SMALL}${SPACE}\\b`,
  ],
  [
    'no neither hardly little',
    '\\b(?:has|have) (?:no|neither an?|hardly an?|little) (?:mention|line|place|room|business|space|part)\\b(?! (?:number|break|item))',
  ],
  ['worth', `\\bnot worth (?:an? |its own |any )?${SMALL}(?:${SPACE}|${TELL})\\b`],
  // "Do not mention it", "it need not be reported".
  [
    NEGATED,
    `\\b${NOT} (?:be |to be |to |also |need(?:s)? to (?:be )?|have to (?:be )?|has to (?:be )?|necessary to (?:be )?|separately )?${TELL}(?: ${THAT}\\b(?! (?:as|on|if|when|until|unless|they|that|to|it|you|how|what|which|about|where|why|\\W))|[.;]|$| (?:separately|in the|on the|to the|among the|anywhere|at all|individually|by name|afterwards|either)\\b)`,
  ],
  // "Leave them off the list."
  [
    'leave leaves keep keeps strike strikes omit omits drop drops hold holds cut cuts withhold withholds',
    `\\b(?:leave|keep|strike|omit|drop|hold|cut|withhold)s? (?:${THAT}|such \\w+|its \\w+|the (?:\\w+ ){1,3}?)\\s?(?:out of|off|from|away from|apart from) ${ITS} (?:\\w+ ){0,2}${ANY_REPORT}\\b`,
  ],
  [
    'stay stays remain remains left kept omitted absent outside hidden',
    `\\b(?:stays?|remains?|is kept|are kept|is left|are left|left|kept|omitted|absent|be kept|be left|sits? outside|falls? outside|hidden) (?:out of|off|from|outside|outside of)? ?${ITS} (?:\\w+ ){0,2}${REPORT}\\b`,
  ],
  [
    'no neither none',
    `\\b(?:belongs?|appears?|figures?|features?|shows? up|turns? up|comes? up|stands?|is|are|be|sits?|goes|go) (?:in|on|to|into|part of|under) (?:no|neither|none of the) (?:\\w+ ){0,2}${ANY_REPORT}\\b`,
  ],
  [
    NEGATED,
    `\\b${NOT} (?:need to |have to |also |otherwise )?(?:belong|appear|figure|feature|go|stand|be (?:part of|in|on|among)|part of|form part|come up|show up|turn up) (?:in|on|of|into|among|to|under)? ?${ITS} (?:\\w+ ){0,2}${REPORT}\\b`,
  ],
  // "The minutes do not refer to it", "the report is complete without it".
  [
    'not t never',
    `\\b${ANY_REPORT} (?:itself |themselves |alone )?(?:(?:does|do|need|should|must)(?: not|n['’]t| never)) (?:to )?(?:be )?(?:mention|refer to|cover|include|show|list|name|speak of|touch on|repeat|discuss|dwell on|go into|deal with) ${THAT}\\b`,
  ],
  [
    'without',
    `\\b${ANY_REPORT} (?:is|are|stays?|remains?|reads?|looks?|works?|does|do|comes?|gets by) (?:\\w+ ){0,2}without (?:${THAT}|the \\w+|such|a (?:line|word|note|mention))\\b`,
  ],
  [
    'omit omits skip skips passes pass leave leaves silent nothing no quiet only without neither not alone',
    `\\b${REPORT} (?:omits?|skips?|passes over|pass over|leaves? (?:${THAT}|the \\w+) out|is silent (?:on|about)|are silent|says? nothing (?:of|about)|makes? no mention|keeps? (?:quiet|silent)|speaks? only|has no need|does without|do without|mentions? neither|(?:is|are) (?:about|for) (?:the )?\\w+(?: and (?:the )?\\w+)?(?:,? not (?:for|about|on)\\b| alone\\b))`,
  ],
  [
    'without no',
    `\\b(?:without|with no) (?:an?|any|further|much|so much as an?|saying|making)? ?(?:further |separate |special |particular )?(?:words?|comment(?:ing)?|mention(?:ing)?|remark(?:ing)?|noting|fuss|announc(?:ement|ing)|ado|telling|saying|drawing attention|ceremony|informing|notifying|bringing)\\b`,
  ],
  [
    'without between yourself quiet unannounced unmentioned unremarked unsaid no nothing silence out',
    "\\bgoes? without saying\\b|\\bbetween (?:us|ourselves|you and me)\\b|\\bkeep (?:it|this|that|them) (?:to yourself|quiet|between)\\b|\\bunannounced\\b|\\bunmentioned\\b|\\bunremarked\\b|\\bunsaid\\b|\\bno mention (?:of|is|need)\\b|\\bsa(?:y|ying) nothing (?:of|about)\\b|\\bnothing (?:to|need be|needs to be|has to be) (?:said|say|mention(?:ed)?|t(?:ell|old)|announced?)\\b|\\bin silence\\b|\\bout of (?:sight|view|the user['’]s (?:sight|view|way))\\b",
  ],
  [
    'not t never',
    `\\b(?:${PEOPLE}|they) (?:(?:does|do|need|should|must|will|would|is|are)(?: not|n['’]t)|never|need not) (?:be |to be |have to |need to |to )?(?:told|informed|notified|bothered|troubled|hear (?:of|about)|know(?= (?:of|about|that it|this)|[.,;]|$)|learn (?:of|about)|aware|made aware|copied in|reminded|involved)\\b`,
  ],
  // "The curve does not show headers", "the diagnosis speaks of the pod, not of rights", "as if it were not there".
  [
    'not t',
    `\\b${THE_WORK} (?:does|do|need|should|must)(?: not|n['’]t) (?:show|mention|name|list|reflect|reveal|repeat|speak of|talk about|dwell on|refer to|give away) \\w+(?: \\w+)?(?=[.,;]|$)`,
  ],
  [
    'not',
    `\\b${THE_WORK} (?:speaks?|tells?|talks?|is|are|reads?|sticks?|keeps?|stays?|deals?) (?:of|about|on|with|to) (?:the |its |their )?\\w+(?: \\w+)?,? (?:and )?not (?:of|about|on|with|to|the)\\b`,
  ],
  [
    'if though',
    '\\bas (?:if|though) (?:it|they|this|that|there|nothing|the \\w+|those|these|she|he|you) (?:\\w+ )?(?:were|was|had|did) (?:\\w+ )?(?:not|never|no|nothing)\\b|\\bas (?:if|though) (?:nothing|there)\\b',
  ],
  [
    'other others rest remaining',
    '(?:^|[,;:] )(?:then |and |only )?(?:describe|list|mention|name|report|show|give|sum up|summari[sz]e|count|present|explain|announce|tell \\w+ of) (?:only |just )?the (?:other|others|rest|remaining)\\b',
  ],
  [
    'leave leaves keep keeps strike strikes omit omits drop drops hold holds withhold withholds take takes',
    `\\b(?:leave|keep|strike|omit|drop|hold|withhold|take)s? (?:${THAT}|(?:the|its|their|his|her|any|this|that|such|these|those|all) (?:\\w+ ){1,4}?)(?:out of|off|away from|apart from) (?:the|your|its|their|his|her|any|what) \\w+`,
  ],
  [
    'so before ever always',
    '\\bso that (?:the |its |their |all |everything |it |they |nothing |nobody |no one )(?:\\w+ )?(?:agrees?|matche?s?|tall(?:y|ies)|adds? up|looks? (?:clean|complete|tidy|the same|whole|in order)|stands? out|reads? (?:well|as|like)|appears? to)\\b|\\b(?:looks?|reads?) as (?:before|ever|always)\\b',
  ],
  [
    'without alone',
    `\\b(?:goes|go|is sent|are sent|is written|is shown|are shown|appears?|comes?|is printed) (?:\\w+ ){0,4}(?:without (?:those|these|that|this|them|the) ?\\w*|about (?:the )?\\w+ alone|with the rest alone)\\b`,
  ],
  // "Nothing about them belongs in …", "the split stays with the office".
  [
    'nothing no not',
    '\\b(?:nothing|no word|not a word|no line|no trace) (?:about|of|on) (?:it|them|this|that|these|those)\\b',
  ],
  [
    'stay stays remain remains kept keep',
    '\\b(?:stays?|remains?|is kept|are kept|keep (?:it|this|that|them)) (?:with|within|inside|between|in|among) (?:the )?(?:office|us|ourselves|team|company|desk|back office|two of you|you and)\\b',
  ],
  [
    'not t never only just',
    `\\b(?:the )?(?:users?|customers?|readers?|clients?|patients?|guests?|buyers?|donors?|parents?|students?|recipients?|tenants?) (?:(?:do|does|will|would)(?: not|n['’]t)|never|only|just) (?:\\w+ )?(?:sees?|hears? (?:of|about)|gets? to see|learns? (?:of|about)|finds? out|knows?)\\b`,
  ],
  [
    'total rounded final finished plain net end usual tidy clean short combined whole',
    `\\b(?:users?|customers?|readers?|clients?|patients?|guests?|buyers?|donors?|parents?|students?|tenants?|they) (?:sees?|gets?|receives?|reads?|(?:is|are) shown) (?:only |just )?the (?:total|rounded|final|finished|plain|net|end|usual|tidy|clean|short|combined|whole)\\b`,
  ],
  [
    'before',
    '\\bbefore (?:the \\w+|they|anyone|anybody|someone|somebody) (?:sees?|notices?|looks?|returns?|wakes?|finds? out|opens? (?:it|them))\\b',
  ],
  [
    'unless only',
    '\\bunless (?:\\w+ )?(?:asked|pressed|questioned|someone asks|somebody asks|they ask|the \\w+ asks)\\b|\\bonly if (?:\\w+ )?(?:asked|pressed|someone asks|somebody asks)\\b',
  ],
  [
    'quiet trace no record books low',
    '\\bon the quiet\\b|\\bwithout (?:a )?trace\\b|\\bsay no more\\b|\\bmake no (?:point|show|fuss|secret)\\b|\\boff the (?:record|books)\\b|\\bkeep (?:it|this|that) low\\b',
  ],
];

const EXCUSED: readonly Wording[] = [
  // "The user gains nothing from hearing of it", "so that readers don't take it for an incident".
  [
    'nothing little',
    '\\b(?:gains?|gets?|has|have|learns?|takes?) (?:nothing|little) (?:from|by|out of) (?:hearing|knowing|reading|seeing|being told|learning)\\b',
  ],
  [
    'so',
    `\\bso (?:that )?(?:${PEOPLE}|they) (?:(?:do|does|will|would|need)(?: not|n['’]t)|never) (?:\\w+ )?(?:take|mistake|think|worry|wonder|ask|misread|suspect|panic|stumble|dwell|read anything)\\b`,
  ],
  // "That is a formality."
  [
    'routine housekeeping formality formalities plumbing internal matter technicality technicalities bookkeeping clerical practice paperwork backoffice office courtesy administration detail',
    '\\b(?:is|are|as|merely|only|just|purely|simply) (?:an? |the |part of |our |its |mere |only |purely |plain )*(?:routine(?! \\w+ing)|housekeeping|formalit(?:y|ies)|plumbing|internal (?:matter|affair|business)s?|matter of course|technicalit(?:y|ies)|bookkeeping|clerical|usual practice|standard practice|common practice|house practice|paperwork|back-?office|courtesy|administration|office matter|detail of \\w+|matter (?:of|for|between) (?:the )?\\w+)\\b',
  ],
  // "People have enough to read", "readers rarely ask".
  [
    'enough plenty things time use interest wish much',
    `\\b${PEOPLE} (?:has|have|already has|already have) (?:\\w+ )?(?:enough|plenty|better things|other things|little time|no time|no use|no interest|no wish|too much)\\b`,
  ],
  [
    'not t rarely seldom never hardly scarcely',
    `\\b${PEOPLE}(?: who \\w+(?: \\w+){0,3})? (?:(?:does|do|did|would|will)(?: not|n['’]t)|rarely|seldom|never|hardly|scarcely) (?:\\w+ )?(?:wants?(?! to)|cares?|asks?|reads?|minds?|notices?|wish|wishes|miss|misses|bother|object|enjoy|worry|remember|think of)\\b`,
  ],
  [
    'nobody noone no hardly few',
    '\\b(?:nobody|no ?one|no-one|hardly anyone|hardly anybody|few people) (?:\\w+ )?(?:asks?|misses|miss|reads?|minds?|looks?|wants?(?! to)|cares?|notices?|objects?|opens?|enjoys?|likes?|complains?|counts?|wonders?)\\b',
  ],
  [
    'worry worries distract distracts alarm alarms bother bothers unsettle unsettles lengthen lengthens tire tires irritate irritates hold questions annoy annoys muddle muddles crowd crowds burden burdens embarrass embarrasses upset upsets confuse',
    '\\b(?:would|will|only|merely|just|tends? to|may|might|could) (?:only |merely |just |needlessly )?(?:worry|worries|distracts?|alarms?|bothers?|unsettles?|lengthens?|tires?|irritates?|hold (?:things|it|them) up|raises? questions|invites? questions|prompts? questions|annoys?|muddles?|crowds?|burdens?|embarrass(?:es)?|upsets?|confuse (?:them|people|the \\w+|matters))\\b',
  ],
  [
    'worry worrying distract distracting alarm alarming alarmed bother bothering bothered clutter cluttering lengthen lengthening irritate irritating annoy annoying burden burdening trouble troubling tire tiring unsettle unsettling',
    '\\b(?:so as not to|so (?:that )?(?:it|they|these|those) (?:do|does) not|so nobody is|to avoid|avoids|to spare|spares) (?:\\w+ )?(?:worry(?:ing)?|distract(?:ing)?|alarm(?:ing|ed)?|bother(?:ing|ed)?|clutter(?:ing)?|lengthen(?:ing)?|irritat(?:e|ing)|annoy(?:ing)?|burden(?:ing)?|troubl(?:e|ing)|tir(?:e|ing)|unsettl(?:e|ing))\\b',
  ],
  [
    'noise clutter ballast distraction nuisance',
    '\\b(?:is|are|as) (?:only |mere |just )?(?:noise|clutter|ballast|a distraction|a nuisance)\\b(?! (?:floor|level|ratio))',
  ],
  [
    'interested ask asks not',
    `\\b(?:is|are) (?:only |just |mainly |chiefly )interested in\\b|\\b(?:person|people|users?|somebody|someone|reader|customer)s? (?:\\w+ )?(?:is|are) interested in\\b|\\bwho asks? for (?:\\w+ ){1,5}(?:wants?|expects?|means?)\\b|\\b${PEOPLE} (?:wants?|cares? about|comes? for|pays? for|cares? for) (?:the |a |an )?\\w+(?:,? not)\\b`,
  ],
  [
    'concern business worry trouble interest bother job',
    `\\b(?:no|nobody['’]s|hardly an?) (?:concern|business|worry) (?:of|for)\\b|\\b(?:does|do|need|should)(?: not|n['’]t) (?:concern|trouble|interest|bother|worry) (?:them|${PEOPLE})\\b|\\bnot (?:their|his|her|${PEOPLE}['’]s?) (?:concern|business|worry|job)\\b`,
  ],
  // "Couples look at the bottom line", "they would have said so".
  [
    'look looks goes go judge judges read reads care cares after used trust trusts expect expects',
    `\\b(?:${PEOPLE}|they) (?:only |mostly |usually |mainly |just )?(?:looks? (?:only )?(?:at|for)|goes by|go by|judges? by|reads? (?:only|the first)|cares? for|is after|are after|(?:is|are) used to(?= (?:it|this|that|these|those|the|them|such|an?|our|their|its|long|short|late|early|small|\\w+ing)\\b|[.,;:)]|$)|trusts? (?:that|the|it|us|you)|expects? (?:it|this|that|nothing))\\b`,
  ],
  [
    'would',
    `\\b(?:${PEOPLE}|they|he|she) would (?:otherwise |surely |long )?(?:have (?:said|asked|pushed|objected|kept|marked|complained|told|written|moved|named)|say|ask|not have|never have|only ask|speak up)\\b`,
  ],
  // "Patients can cancel it later", "there is no one who looks at it".
  [
    'can',
    `\\b(?:${PEOPLE}|they|it|this|that) can (?:always |still |easily |later |simply )?(?:be )?(?:cancel(?:led)?|undo|undone|object|opt out|return(?:ed)?|reverse(?:d)?|revoke(?:d)?|ask for|complain)(?: (?:it|them|this|that))?(?: (?:later|afterwards|at|any ?time|within|by|if))\\b`,
  ],
  [
    'there hardly scarcely barely rarely never seldom',
    '\\bthere (?:is|are) (?:no one|nobody|no-one|hardly anyone) (?:who|to|that)\\b|\\b(?:hardly|scarcely|barely|rarely) ever (?:read|looked at|opened|used|asked|noticed|missed)\\b|\\b(?:is|are) (?:never|hardly|rarely|seldom) (?:looked at|missed|noticed)\\b',
  ],
  [
    'wonder worry puzzled confused alarmed worried surprised unsettled irritated put lost nervous misunderstand misread fright fret baulk balk',
    `\\b(?:${PEOPLE}|they) (?:would|will|might|may|could) (?:only |just |merely )?(?:wonder|worry|be (?:puzzled|confused|alarmed|worried|surprised|unsettled|irritated|put off)|get (?:lost|confused|worried|nervous)|misunderstand|misread|take fright|fret|baulk|balk)\\b`,
  ],
  [
    'quicker faster simpler easier earlier smoother cheaper save saves spare spares',
    '\\b(?:is|are|goes|works|starts?|comes?|runs?) (?:\\w+ )?(?:quicker|faster|simpler|easier|earlier|smoother|cheaper) (?:that way|this way|like this|than (?:asking|with|a))\\b|\\b(?:saves?|spares?) (?:\\w+ )?(?:a |an |the |one )?(?:\\w+ )?(?:question|conversation|discussion|round trip|phone call|mail|e-?mail|click|dialogue|back and forth)s?\\b',
  ],
  [
    'arrangement agreement understanding arranged agreed settled sorted taken looked',
    '\\b(?:has|have) an (?:\\w+ )?(?:arrangement|agreement|understanding) with\\b|\\bas (?:arranged|agreed) with\\b|\\b(?:is|are) (?:already )?(?:settled|arranged|sorted out|taken care of|looked after) (?:elsewhere|in advance|already|by|with|between)\\b',
  ],
  [
    'use good harm sense call cause point keep keeps',
    '\\b(?:is|are) (?:of )?no use to (?:anyone|anybody|them)\\b|\\b(?:is|are) no good to (?:anyone|anybody|them)\\b|\\bthere is no (?:harm|sense|call|cause|point|use) (?:in|for|to)\\b|\\bdoes no harm\\b|\\bdo no harm\\b|\\bkeeps? (?:the \\w+|things|it|them|everything) (?:short|calm|quiet|tidy|uncluttered|friendly|light|peaceful)\\b',
  ],
];

const UNASKED: readonly Wording[] = [
  // "The yes from before also stands for these", "don't spend another question".
  [
    'spend waste spending wasting',
    "\\b(?:do not|don['’]t|never|need not|without|rather than|instead of) (?:spend|waste|spending|wasting) (?:an?|another|a second|any|further) (?:\\w+ )?(?:question|prompt|message|turn|confirmation|round)s?\\b",
  ],
  [
    'stand stands hold holds count counts cover covers extend extends apply applies carry carries serve serves',
    '\\b(?:yes|approval|consent|confirmation) (?:(?:from|of|for|in|given|to|that|to|at|on) (?:\\w+ ){1,4})?(?:also |too |then |thereby )?(?:stands?|holds?|counts?|covers?|extends?|appl(?:y|ies)|carr(?:y|ies) over|serves?) (?:for|to|as|over|the|every|all|any|these|those)\\b',
  ],
  [
    'without',
    `\\bwithout (?:an?|any|further|first|another|having to|waiting for|being|prior|separate|stopping (?:to|for)|going back|more)? ?(?:further |prior |separate |explicit |second )?(?:ask(?:ing|ed)?|wait(?:ing)?|check(?:ing)? (?:back|first|with)|consult(?:ing|ation)?|prompt(?:ing|ed)?|preview|paus(?:e|ing)|hesitat(?:ion|ing)|${CONSENT})\\b`,
  ],
  [
    'no need nothing not t unnecessary',
    `\\b(?:no need (?:to|for)|nothing (?:to|for \\w+ to|for the \\w+ to|there to|left to|here to|that needs|needs)|no reason to|no point in|not necessary to|unnecessary to|need not(?: be)?|needn['’]t(?: be)?|(?:does|do)(?: not|n['’]t) (?:need|have|require) (?:to )?(?:be )?) ?(?:further |an? |any |prior |separate |explicit )*(?:ask(?:ed)?|approved?|confirm(?:ed)?|decided?|agreed?|wait|seek|consult(?:ed)?|sign(?:ed)? off|authori[sz]ed?|queried|${CONSENT})\\b`,
  ],
  [
    'no neither',
    `\\b(?:needs?|requires?|calls? for|takes?|wants?|gets?|awaits?|with|there (?:is|are)|expects?|waits? for|wishes) (?:no|neither) (?:\\w+ ){0,2}(?:${CONSENT}|yes|questions?|prompt)\\b`,
  ],
  [
    'not t never rather instead no',
    `(?:\\bdo not|\\bdon['’]t|\\bnever|\\bneed not|\\brather than|\\binstead of|\\bno need to) (?:ask(?:ing)?(?= (?:the|them|for|again|about|first|him|her|any)|[.,;]|$)|wait(?:ing)? for (?:an?|the|their|his|her|any) \\w+|prompt(?:ing)? (?:the|them|for)|confirm(?:ing)? (?:it|them|this|with)|check(?:ing)? back|consult(?:ing)? (?:the|them)|stop(?:ping)? (?:to|for)|seek(?:ing)? \\w+|hold(?:ing)? (?:it|them) back|query(?:ing)? (?:it|them))`,
  ],
  [
    'has have',
    `\\b(?:has|have) (?:already |in principle |thereby |given |once |long |all |been )*(?:agreed (?:to|on|that|with)|agreed\\b(?=[.,;]|$)|consented|signed off|authori[sz]ed (?:it|this|all|them)|said yes|given (?:\\w+ )?(?:consent|permission|approval)|waived|standing (?:consent|permission|approval))`,
  ],
  [
    'preapproved preagreed preauthorised preauthorized preconsented pre tacitly once advance beforehand default upfront up',
    '\\b(?:pre-?|tacitly |once and for all )(?:approved|agreed to|authori[sz]ed|consented)\\b|\\b(?:approved|agreed|authori[sz]ed|accepted|granted) (?:in advance|beforehand|once and for all|by default|up front|upfront)\\b',
  ],
  [
    'consent approval permission agreement order authorisation authorization',
    '\\b(?:consent|approval|permission|agreement|authori[sz]ation) (?:is|was|has been|counts as|may be|can be) (?:\\w+ )?(?:given|implied|assumed|covered|included|presumed|understood|taken|implicit|on file|in place|standing)\\b|\\b(?:standing|implied|implicit|blanket|tacit|presumed) (?:consent|approval|permission|agreement|order|authori[sz]ation)\\b',
  ],
  [
    'implies means gives counts covers taken enough suffices amounts settles',
    '\\b(?:installing|using|starting|asking for|calling|opening|choosing|by asking|by using|by installing|by starting|having asked|silence|the request|the question|the order) (?:(?!to\\b)\\w+ ){0,5}(?:implies|means yes|gives (?:consent|permission|leave)|counts as|covers (?:it|this|that)|is taken|is enough|suffices|amounts to|settles)\\b',
  ],
  [
    'said agreed shown made clear decided accepted given chosen settled allowed consented agree agrees accept accepts',
    '\\b(?:by|in|with|through) (?:\\w+ing|the (?:request|order|installation|question)|(?:their|his|her) (?:request|order|question)) (?:\\w+ ){0,4}(?:user|users|they|he|she|customer|person|people|owner|client)s? (?:(?:has|have|had|did) )?(?:said|agreed|shown|made clear|decided|accepted|given|chosen|settled|allowed|consented|agrees?|accepts?)\\b',
  ],
  [
    'right moment soon directly',
    '\\b(?:right|the moment|as soon as|directly) (?:when |after |as )?(?:it|they|these|those|the \\w+) (?:is|are|has|have) (?:found|seen|named|ready|complete|full|there|known|listed)\\b',
  ],
  [
    'asked consulted bothered question questions discussion discussions conversation conversations debate debates consultation consultations',
    '\\b(?:is|are|be|being) (?:not|never) (?:asked|consulted|bothered)\\b|\\bnot asked (?:again|for|about|first)\\b|\\b(?:instead of|rather than|than with|without|in place of) (?:an? |any |the )?(?:long |further )?(?:question|discussion|conversation|debate|consultation)s?\\b',
  ],
  [
    'accord authority unasked unprompted',
    '\\bof its own accord\\b|\\bon your own authority\\b|\\bunasked\\b|\\bunprompted\\b',
  ],
];

/** How a sentence may keep something from the user: every pattern is bounded. */
export const WORDINGS: readonly (readonly [Silence, readonly Wording[]])[] = [
  ['untold', UNTOLD],
  ['excused', EXCUSED],
  ['unasked', UNASKED],
];
