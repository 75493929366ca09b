/** The AMI description that the program covers, point by point (S-001 … S-184), and where each point lives. */
export interface Item {
  readonly id: ItemId
  /** What it says, or what is true where it errs. */
  readonly title: string
  /** The module that carries it. */
  readonly where: string
  /** Where a person meets it. */
  readonly reach: string
}

export type ItemId = `S-${string}`

const LINK = 'Every window: connection'
const CONSOLE = 'Administration: Console'
const CLI = 'Administration: Command line'
const TRACE = 'Administration: Trace'
const CHANNELS = 'Administration: Channels'
const PEERS = 'Administration: Peers'
const DAHDI = 'Administration: DAHDI'
const AGENTS = 'Main window: queues; Administration: Agents'
const CONFERENCES = 'Administration: Conferences, Trace'
const QUEUES = 'Main window: queues; Administration: Queues'
const PARKING = 'Main window: parking; Administration: Parking'
const MAILBOXES = 'Main window: voicemail; Administration: Mailboxes'
const ORIGINATE = 'Main window: dial; Administration: Originate'
const ASTDB = 'Administration: AstDB'
const FILES = 'Administration: Configuration files'
const USER_EVENTS = 'Administration: User events'
const LOG = 'Administration: Log & reload'
const CALLS = 'Main window: calls and popup; Administration: Trace'
const LINE = 'Main window: my line and people; Administration: Trace'
const AGENT_NEWS = 'Main window: queues; Administration: Trace'
const ACTS = 'Main window: calls; Administration: Channels'

const WIRE = 'main/ami/wire/decoder.ts'
const ENCODER = 'main/ami/wire/encoder.ts'
const EXCHANGE = 'main/ami/session/exchange.ts'
const ANSWERS = 'main/ami/session/answers.ts'
const SEQUENCE = 'main/ami/session/sequence.ts'
const LISTS = 'main/ami/session/list-form.ts'
const LOGIN = 'main/ami/session/login.ts'
const CATALOG = 'main/ami/catalog/entries.ts'
const TABLES = 'main/admin/tables/spec.ts'
const CHANGE = 'main/admin/config/change.ts'
const DANGER = 'main/admin/console/danger.ts'
const ASTDB_MODULE = 'main/admin/astdb.ts'
const TRACE_MODULE = 'main/admin/trace/trace-store.ts'
const T_CHANNEL = 'main/ami/translate/channel-events.ts'
const T_BRIDGE = 'main/ami/translate/bridge-events.ts'
const T_DIAL = 'main/ami/translate/dial-events.ts'
const T_QUEUE = 'main/ami/translate/queue-events.ts'
const T_STATE = 'main/ami/translate/state-events.ts'
const T_SERVER = 'main/ami/translate/server-events.ts'
const T_AGENT = 'main/ami/translate/agent-events.ts'
const T_PARK = 'main/ami/translate/parking-events.ts'
const T_ACTIONS = 'main/ami/translate/actions.ts'
const SNAPSHOT = 'main/ami/translate/snapshot.ts'

const rows: readonly (readonly [number: number, title: string, where: string, reach: string])[] = [
  // A. The protocol
  [1, 'A connection carries lines of a name, a colon and a value', WIRE, LINK],
  [2, 'Lines end with CR LF; up to 1.4 a client\'s bare LF is not understood', ENCODER, LINK],
  [3, 'An empty line ends a packet; one too many is itself a faulty packet to the server', WIRE, LINK],
  [4, 'There is a connection before there are commands; the server greets first with a line that is no packet', 'main/ami/session/dialect.ts', LINK],
  [5, 'After the login packets flow both ways at any time, events between a request and its answer included', EXCHANGE, LINK],
  [6, 'The first line tells the kind: Event and Response from the server, Action to it; some server packets have none', 'main/ami/wire/shape.ts', TRACE],
  [7, 'The order of headers does not matter, but for repeated ones', WIRE, TRACE],
  [8, 'An action is a request; the server does one at a time', EXCHANGE, CONSOLE],
  [9, 'A response answers an action', EXCHANGE, CONSOLE],
  [10, 'An event is news of the core or of a module', WIRE, TRACE],
  [11, 'The usual port is 5038', 'main/setup/check.ts', 'Set-up: server'],
  [12, 'Accounts with secret, permitted hosts and rights are in manager.conf', 'main/admin/config/config-file.ts', FILES],
  [13, 'A login names the account and its secret', LOGIN, 'Set-up: server'],
  [14, 'A login with Events: off gets no events; by an MD5 challenge the secret is not sent at all', LOGIN, 'Set-up: server'],
  [15, 'The pattern of an action: its headers, any number of Variable lines, an empty line', ENCODER, CONSOLE],
  [16, 'Variables travel in repeated Variable headers', ENCODER, 'Administration: Originate'],
  [17, 'A console command lists the actions; its name changed', 'main/admin/cli.ts', CLI],
  [18, 'A response says Success or Error and a sentence, or in some cases Pong, Goodbye, Follows, Events Off', ANSWERS, CONSOLE],

  // B. Actions
  [19, 'AbsoluteTimeout ends a channel after so many seconds', T_ACTIONS, ACTS],
  [20, 'AbsoluteTimeout succeeds with "Timeout Set"', ANSWERS, ACTS],
  [21, 'AbsoluteTimeout of a channel that is not there: "No such channel"', ANSWERS, ACTS],
  [22, 'ChangeMonitor gives a recording another file', CATALOG, CHANNELS],
  [23, 'ChangeMonitor of a channel that is not there: "No such channel"', ANSWERS, CHANNELS],
  [24, 'ChangeMonitor succeeds with "Changed monitor filename"', ANSWERS, CHANNELS],
  [25, 'Command runs a line of the console', 'main/admin/cli.ts', CLI],
  [26, 'Its answer begins with Response: Follows, up to 13', WIRE, CLI],
  [27, 'Its output ends with --END COMMAND--, two dashes on either side', 'main/ami/wire/packet.ts', CLI],
  [28, 'Its lines end with a bare LF; from 14 on each is an Output header', 'main/ami/wire/packet.ts', CLI],
  [29, 'Events sets the mask: on, off, or classes', SEQUENCE, CONSOLE],
  [30, 'Some events need a switch in a file of the server', CATALOG, FILES],
  [31, 'Events: on is not answered by 1.2; later releases answer', SEQUENCE, CONSOLE],
  [32, 'Events: off is answered "Response: Events Off", later Success with Events: Off', SEQUENCE, CONSOLE],
  [33, 'ExtensionState asks for an extension in a context; without one for default', SNAPSHOT, LINE],
  [34, 'ExtensionState answers extension, context, hint and status', T_STATE, LINE],
  [35, 'The status is a sum of bits; -1 where there is no hint, which is a success', T_STATE, LINE],
  [36, 'Getvar reads a variable of a channel', CATALOG, CHANNELS],
  [37, 'Getvar answers Variable and Value', WIRE, CHANNELS],
  [38, 'Getvar fails for a channel that is not there; a variable that is not set is empty', ANSWERS, CHANNELS],
  [39, 'Hangup ends a channel', T_ACTIONS, ACTS],
  [40, 'The answer to Hangup and the events of the end come in any order', EXCHANGE, CONSOLE],
  [41, 'Hangup succeeds with "Channel Hungup"', ANSWERS, CHANNELS],
  [42, 'IAXpeers lists the IAX peers', TABLES, PEERS],
  [43, 'Up to 1.4 IAXpeers is a table of text without a response; later a list', TABLES, PEERS],
  [44, 'ListCommands asks for the actions', LOGIN, CONSOLE],
  [45, 'ListCommands answers a line an action, with its rights', ANSWERS, CONSOLE],
  [46, 'Only what the account may use is listed: that decides what is offered', ANSWERS, CONSOLE],
  [47, 'Actions that the description only names are there too', CATALOG, CONSOLE],
  [48, 'IAXnetstats is raw text in every release, and nothing at all without a call', 'main/admin/raw.ts', PEERS],
  [49, 'Logoff is answered Goodbye, and the server closes', 'main/ami/session/link.ts', LINK],
  [50, 'MailboxCount answers new and old messages', SNAPSHOT, MAILBOXES],
  [51, 'MailboxStatus answers whether something waits', SNAPSHOT, MAILBOXES],
  [52, 'Monitor records a channel', T_ACTIONS, ACTS],
  [53, 'Monitor succeeds with "Started monitoring channel", fails with "No such channel"', ANSWERS, ACTS],
  [54, 'Originate needs the right call, later originate', CATALOG, ORIGINATE],
  [55, 'Channel is the leg that is made first', T_ACTIONS, ORIGINATE],
  [56, 'Context, extension and priority go together', ANSWERS, ORIGINATE],
  [57, 'Timeout is in milliseconds and of the first leg only', T_ACTIONS, ORIGINATE],
  [58, 'The caller ID is in the header CallerID', T_ACTIONS, ORIGINATE],
  [59, 'Variable is set on the channel that is made', T_ACTIONS, ORIGINATE],
  [60, 'Account is the account code of the record, no password', T_ACTIONS, ORIGINATE],
  [61, 'Application and Data take the place of an extension', CATALOG, 'Administration: Originate'],
  [62, 'Without Async the whole session waits for the answer', T_ACTIONS, ORIGINATE],
  [63, 'The ActionID tells answers apart', EXCHANGE, LINK],
  [64, 'The first leg rings, and the extension runs when it answers', 'main/features/dial.ts', ORIGINATE],
  [65, 'An asynchronous Originate ends in OriginateResponse, in 1.2 in OriginateSuccess or OriginateFailure', T_SERVER, ORIGINATE],
  [66, 'Its reason: 4 answered, 3 not answered in time, 5 busy, 8 congested, 1 hung up, 0 anything else', 'main/features/outgoing.ts', ORIGINATE],
  [67, 'The example with a caller ID, a timeout and three variables', ENCODER, 'Administration: Originate'],
  [68, 'Pipes separate variables up to 1.4 only; a header each is understood by all', T_ACTIONS, 'Administration: Originate'],
  [69, 'The example that calls the outside party first', CATALOG, 'Administration: Originate'],
  [70, 'The example that makes the server run a program: only as typed text, and after a question', DANGER, CONSOLE],
  [71, 'A Local channel connects any extension', T_CHANNEL, ORIGINATE],
  [72, 'ParkedCalls lists parked calls; misspelt it is unknown', SNAPSHOT, PARKING],
  [73, 'ParkedCalls answers a list with an end', LISTS, PARKING],
  [74, 'Ping is answered Pong, later Success with Ping: Pong', SEQUENCE, LINK],
  [75, 'QueueAdd makes somebody a member, and QueueMemberAdded tells it', T_QUEUE, QUEUES],
  [76, 'QueueRemove ends it, and QueueMemberRemoved tells it', T_QUEUE, QUEUES],
  [77, 'Queues is raw text without a response', 'main/admin/raw.ts', QUEUES],
  [78, 'QueueStatus answers "Queue status will follow"; a queue or a member narrows it', LISTS, QUEUES],
  [79, 'QueueParams: the numbers of a queue', TABLES, QUEUES],
  [80, 'QueueMember: who is in a queue, and how', TABLES, QUEUES],
  [81, 'QueueStatusComplete ends the list', LISTS, QUEUES],
  [82, 'QueuePause pauses a member in one queue or in all', T_QUEUE, QUEUES],
  [83, 'Redirect sends one channel or two to an extension', T_ACTIONS, ACTS],
  [84, 'The example that sends two channels to a conference', CATALOG, CHANNELS],
  [85, 'SetCDRUserField writes into the call record, up to 1.4', CATALOG, CHANNELS],
  [86, 'Setvar sets a variable of a channel, or of all', CATALOG, CHANNELS],
  [87, 'SIPpeers lists the peers of chan_sip, with other headers in other releases', TABLES, PEERS],
  [88, 'PeerlistComplete ends it with a count', LISTS, PEERS],
  [89, 'Status lists all channels or one', SNAPSHOT, CHANNELS],
  [90, 'StopMonitor ends a recording', T_ACTIONS, ACTS],
  [91, 'ZapDialOffhook dials on a line that is off the hook', CATALOG, DAHDI],
  [92, 'ZapDNDoff ends do-not-disturb of a line', CATALOG, DAHDI],
  [93, 'ZapDNDon begins it', CATALOG, DAHDI],
  [94, 'ZapHangup hangs a line up', CATALOG, DAHDI],
  [95, 'ZapTransfer flashes a line', CATALOG, DAHDI],
  [96, 'ZapShowChannels lists the lines; today DAHDIShowChannels', TABLES, DAHDI],
  [97, 'ZapRestart restarts the driver and ends its calls', CATALOG, DAHDI],
  [98, 'AgentCallbackLogin logs an agent in at a number, up to 1.4', T_ACTIONS, AGENTS],
  [99, 'AgentLogoff logs an agent off', T_ACTIONS, AGENTS],
  [100, 'Agents lists the agents', TABLES, AGENTS],
  [101, 'DBGet answers through an event; a key that is not there is an error', ASTDB_MODULE, ASTDB],
  [102, 'Values are found by their names, never by their place', 'main/ami/wire/packet.ts', ASTDB],
  [103, 'DBPut wants Val, in every release; Value stores nothing', ASTDB_MODULE, ASTDB],
  [104, 'SIPshowpeer tells everything about one peer', 'main/admin/tables/tables.ts', PEERS],
  [105, 'PlayDTMF plays a digit on a channel', T_ACTIONS, ACTS],
  [106, 'UpdateConfig takes numbered operations: six digits from 000000, without a gap', CHANGE, FILES],
  [107, 'The example that appends to a section; the section must be there', CHANGE, FILES],
  [108, 'The example with > in front of the value: an object line', CHANGE, FILES],
  [109, 'The example that deletes one value of several', CHANGE, FILES],
  [110, 'A delete looks at Match alone, and without one takes every line of that name', CHANGE, FILES],
  [111, 'GetConfig answers numbered sections and lines', 'main/admin/config/config-file.ts', FILES],

  // C. Events of agents and queues
  [112, 'Agentcallbacklogin', T_AGENT, AGENT_NEWS],
  [113, 'Agentcallbacklogoff with a reason', T_AGENT, AGENT_NEWS],
  [114, 'Agentcallbacklogoff without one', T_AGENT, AGENT_NEWS],
  [115, 'AgentCalled: a queue rings a member', T_QUEUE, CALLS],
  [116, 'AgentComplete: a call of a queue is over', T_QUEUE, TRACE],
  [117, 'AgentConnect: a member answers', T_QUEUE, CALLS],
  [118, 'AgentDump: hung up while the announcement was played', T_QUEUE, TRACE],
  [119, 'Agentlogin, later AgentLogin', T_AGENT, AGENT_NEWS],
  [120, 'Agentlogoff, later AgentLogoff', T_AGENT, AGENT_NEWS],
  [121, 'QueueMemberAdded', T_QUEUE, AGENT_NEWS],
  [122, 'QueueMemberPaused, later QueueMemberPause; it names the queue', T_QUEUE, AGENT_NEWS],
  [123, 'QueueMemberStatus', T_QUEUE, AGENT_NEWS],
  [124, 'The numbers of device states, which are not those of extensions', T_STATE, QUEUES],
  [125, 'An empty heading: no event belongs to it', CATALOG, TRACE],

  // D. Events of calls
  [126, 'Cdr: the record of a call', TRACE_MODULE, TRACE],
  [127, 'Cdr has a class of its own from 1.6 on', CATALOG, TRACE],
  [128, 'Dial: one channel calls another', T_DIAL, CALLS],
  [129, 'ExtensionStatus: the state of a hint has changed', T_STATE, LINE],
  [130, 'Hangup: a channel has ended, with a cause', T_CHANNEL, CALLS],
  [131, 'The numbers of causes are Q.850\'s, and words come with them', T_CHANNEL, TRACE],
  [132, 'Causes 96, 99, 100 and 103 speak of information elements', T_CHANNEL, TRACE],
  [133, 'Causes 57, 58 and 65 speak of bearer capabilities, 18 and 19 of users who do not answer', T_CHANNEL, TRACE],
  [134, 'Causes that the description lacks: 26, 127 and others', T_CHANNEL, TRACE],
  [135, 'MusicOnHold: from 1.6 on, later a Start and a Stop', TRACE_MODULE, TRACE],
  [136, 'Join: somebody enters a queue', T_QUEUE, CALLS],
  [137, 'Leave: and leaves it', T_QUEUE, CALLS],
  [138, 'Link: two channels are connected; later Bridge', T_BRIDGE, CALLS],
  [139, 'MeetmeJoin', TRACE_MODULE, CONFERENCES],
  [140, 'MeetmeLeave', TRACE_MODULE, CONFERENCES],
  [141, 'MeetmeStopTalking of 1.2; from 1.4 on MeetmeTalking with Status: off', TRACE_MODULE, CONFERENCES],
  [142, 'MeetmeTalking', TRACE_MODULE, CONFERENCES],
  [143, 'MessageWaiting with counts', T_STATE, MAILBOXES],
  [144, 'MessageWaiting without counts: nothing new waits', T_STATE, MAILBOXES],
  [145, 'Newcallerid: the caller ID of a channel has changed', T_CHANNEL, CALLS],
  [146, 'Newchannel of a line that is reserved', T_CHANNEL, CALLS],
  [147, 'Newchannel of a phone', T_CHANNEL, CALLS],
  [148, 'Newexten: a channel runs a step of the dialplan', T_CHANNEL, TRACE],
  [149, 'Newexten keeps pipes in its data', T_CHANNEL, TRACE],
  [150, 'Newexten of a Dial', T_CHANNEL, TRACE],
  [151, 'ParkedCall', T_PARK, PARKING],
  [152, 'Rename: a channel has another name', T_CHANNEL, CALLS],
  [153, 'SetCDRUserField is no event in any release', CATALOG, TRACE],
  [154, 'Unlink: two channels are parted, which is not the end of the call', T_BRIDGE, CALLS],
  [155, 'UnParkedCall', T_PARK, PARKING],

  // E. Events of log, system and users
  [156, 'An empty heading: no event belongs to it', CATALOG, TRACE],
  [157, 'Alarm of a line', TRACE_MODULE, TRACE],
  [158, 'AlarmClear of a line', TRACE_MODULE, TRACE],
  [159, 'DNDState of a line', TRACE_MODULE, TRACE],
  [160, 'LogChannel: a log file is written again', TRACE_MODULE, LOG],
  [161, 'LogChannel: a log file cannot be written, and why; its Channel is a file', TRACE_MODULE, LOG],
  [162, 'PeerStatus: registered', T_STATE, PEERS],
  [163, 'PeerStatus: unregistered, with a cause', T_STATE, PEERS],
  [164, 'PeerStatus with a time: reachable, lagged, unreachable', T_STATE, PEERS],
  [165, 'Registry: our registration at a provider', TABLES, PEERS],
  [166, 'Reload, with other headers in each generation', T_SERVER, LOG],
  [167, 'Shutdown', T_SERVER, LOG],
  [168, 'UserEvent: a name of the dialplan\'s own', TRACE_MODULE, USER_EVENTS],

  // F. Items of lists
  [169, 'Newstate', T_CHANNEL, CALLS],
  [170, 'ParkedCallsComplete', LISTS, PARKING],
  [171, 'QueueParams answers QueueStatus, not Queues', LISTS, QUEUES],
  [172, 'QueueMember without a name, as before 1.4', TABLES, QUEUES],
  [173, 'QueueStatusEnd is sent by no release; it would end the list too', LISTS, QUEUES],
  [174, 'Status of a channel without a dialplan', SNAPSHOT, CHANNELS],
  [175, 'Status of a channel with one', SNAPSHOT, CHANNELS],
  [176, 'StatusComplete', LISTS, CHANNELS],
  [177, 'ZapShowChannels as an item', TABLES, DAHDI],
  [178, 'ZapShowChannelsComplete', LISTS, DAHDI],
  [179, 'The words for the states of a channel', 'main/ami/translate/channel.ts', CHANNELS],

  // G. Answers to anything
  [180, 'No action: "Missing action in request"', SEQUENCE, CONSOLE],
  [181, 'An unknown action: "Invalid/unknown command", later with more behind it', ANSWERS, CONSOLE],
  [182, 'No right: "Permission denied"; before the login "Authentication Required" up to 1.4', ANSWERS, CONSOLE],
  [183, 'The sentence before a list', LISTS, DAHDI],
  [184, 'Blank lines and wide colons of the description are its layout, no protocol', 'main/admin/console/typed-text.ts', CONSOLE],
]

export const inventory: readonly Item[] = rows.map(([number, title, where, reach]) => ({ id: idOf(number), title, where, reach }))

export function idOf(number: number): ItemId {
  return `S-${String(number).padStart(3, '0')}`
}
