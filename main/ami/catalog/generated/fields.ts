// Made by build/catalog.mjs from main/ami/catalog/data. Do not edit.

/** What each action takes besides its ActionID. */
export interface ActionFields {
  readonly AbsoluteTimeout: {
    readonly Channel: string | number
    readonly Timeout: number | string
  }
  readonly AgentCallbackLogin: {
    readonly Agent?: string | number | undefined
    readonly Exten?: string | number | undefined
    readonly Context?: string | number | undefined
    readonly WrapupTime?: number | string | undefined
    readonly AckCall?: boolean | string | undefined
  }
  readonly AgentLogoff: {
    readonly Agent: string | number
    readonly Soft?: boolean | string | undefined
  }
  readonly Agents: Readonly<Record<string, never>>
  readonly AGI: {
    readonly Channel: string | number
    readonly Command: string | number
    readonly CommandID?: string | number | undefined
  }
  readonly AOCMessage: {
    readonly Channel?: string | number | undefined
    readonly ChannelPrefix?: string | number | undefined
    readonly MsgType: 'S' | 'D' | 'E'
    readonly ChargeType?: 'NA' | 'FREE' | 'Currency' | 'Unit' | undefined
    readonly CurrencyName?: string | number | undefined
    readonly CurrencyAmount?: number | string | undefined
    readonly CurrencyMultiplier?: 'OneThousandth' | 'OneHundredth' | 'OneTenth' | 'One' | 'Ten' | 'Hundred' | 'Thousand' | undefined
    readonly TotalType?: 'Total' | 'SubTotal' | undefined
    readonly AOCBillingId?: 'Normal' | 'ReverseCharge' | 'CreditCard' | 'CallFwdUnconditional' | 'CallFwdBusy' | 'CallFwdNoReply' | 'CallDeflection' | 'CallTransfer' | undefined
    readonly ChargingAssociationId?: number | string | undefined
    readonly ChargingAssociationNumber?: string | number | undefined
    readonly ChargingAssociationPlan?: number | string | undefined
    readonly 'UnitAmount(0)'?: number | string | undefined
    readonly 'UnitType(0)'?: number | string | undefined
    readonly ChargedItem?: 'NA' | 'SpecialArrangement' | 'BasicCommunication' | 'CallAttempt' | 'CallSetup' | 'UserUserInfo' | 'SupplementaryService' | undefined
    readonly RateType?: 'NA' | 'Free' | 'FreeFromBeginning' | 'Duration' | 'Flat' | 'Volume' | 'SpecialCode' | undefined
    readonly Time?: number | string | undefined
    readonly TimeScale?: 'OneHundredthSecond' | 'OneTenthSecond' | 'Second' | 'TenSeconds' | 'Minute' | 'Hour' | 'Day' | undefined
    readonly Granularity?: number | string | undefined
    readonly GranularityTimeScale?: 'OneHundredthSecond' | 'OneTenthSecond' | 'Second' | 'TenSeconds' | 'Minute' | 'Hour' | 'Day' | undefined
    readonly ChargingType?: 'ContinuousCharging' | 'StepFunction' | undefined
    readonly VolumeUnit?: 'Octet' | 'Segment' | 'Message' | undefined
    readonly Code?: number | string | undefined
  }
  readonly Atxfer: {
    readonly Channel: string | number
    readonly Exten: string | number
    readonly Context?: string | number | undefined
    readonly Priority?: string | number | undefined
  }
  readonly BlindTransfer: {
    readonly Channel: string | number
    readonly Exten?: string | number | undefined
    readonly Context?: string | number | undefined
  }
  readonly Bridge: {
    readonly Channel1: string | number
    readonly Channel2: string | number
    readonly Tone?: 'no' | 'Channel1' | 'Channel2' | 'Both' | undefined
  }
  readonly BridgeDestroy: {
    readonly BridgeUniqueid: string | number
  }
  readonly BridgeInfo: {
    readonly BridgeUniqueid: string | number
  }
  readonly BridgeKick: {
    readonly BridgeUniqueid?: string | number | undefined
    readonly Channel: string | number
  }
  readonly BridgeList: {
    readonly BridgeType?: string | number | undefined
  }
  readonly BridgeTechnologyList: Readonly<Record<string, never>>
  readonly BridgeTechnologySuspend: {
    readonly BridgeTechnology: string | number
  }
  readonly BridgeTechnologyUnsuspend: {
    readonly BridgeTechnology: string | number
  }
  readonly CancelAtxfer: {
    readonly Channel: string | number
  }
  readonly Challenge: {
    readonly AuthType: 'MD5'
  }
  readonly ChangeMonitor: {
    readonly Channel: string | number
    readonly File: string | number
  }
  readonly Command: {
    readonly Command: string | number
  }
  readonly ConfbridgeKick: {
    readonly Conference: string | number
    readonly Channel: string | number
  }
  readonly ConfbridgeList: {
    readonly Conference: string | number
  }
  readonly ConfbridgeListRooms: Readonly<Record<string, never>>
  readonly ConfbridgeLock: {
    readonly Conference: string | number
  }
  readonly ConfbridgeMute: {
    readonly Conference: string | number
    readonly Channel: string | number
  }
  readonly ConfbridgeSetSingleVideoSrc: {
    readonly Conference: string | number
    readonly Channel: string | number
  }
  readonly ConfbridgeStartRecord: {
    readonly Conference: string | number
    readonly RecordFile?: string | number | undefined
  }
  readonly ConfbridgeStopRecord: {
    readonly Conference: string | number
  }
  readonly ConfbridgeUnlock: {
    readonly Conference: string | number
  }
  readonly ConfbridgeUnmute: {
    readonly Conference: string | number
    readonly Channel: string | number
  }
  readonly ControlPlayback: {
    readonly Channel: string | number
    readonly Control: 'stop' | 'forward' | 'reverse' | 'pause' | 'restart'
  }
  readonly CoreSettings: Readonly<Record<string, never>>
  readonly CoreShowChannelMap: {
    readonly Channel?: string | number | undefined
  }
  readonly CoreShowChannels: Readonly<Record<string, never>>
  readonly CoreStatus: Readonly<Record<string, never>>
  readonly CreateConfig: {
    readonly Filename: string | number
  }
  readonly DAHDIDialOffhook: {
    readonly DAHDIChannel: number | string
    readonly Number: string | number
  }
  readonly DAHDIDNDoff: {
    readonly DAHDIChannel: number | string
  }
  readonly DAHDIDNDon: {
    readonly DAHDIChannel: number | string
  }
  readonly DAHDIHangup: {
    readonly DAHDIChannel: number | string
  }
  readonly DAHDIRestart: Readonly<Record<string, never>>
  readonly DAHDIShowChannels: {
    readonly DAHDIChannel?: number | string | undefined
  }
  readonly DAHDIShowStatus: Readonly<Record<string, never>>
  readonly DAHDITransfer: {
    readonly DAHDIChannel: number | string
  }
  readonly DataGet: {
    readonly Path: string | number
    readonly Search?: string | number | undefined
    readonly Filter?: string | number | undefined
  }
  readonly DBDel: {
    readonly Family: string | number
    readonly Key: string | number
  }
  readonly DBDelTree: {
    readonly Family: string | number
    readonly Key?: string | number | undefined
  }
  readonly DBGet: {
    readonly Family: string | number
    readonly Key: string | number
  }
  readonly DBGetTree: {
    readonly Family?: string | number | undefined
    readonly Key?: string | number | undefined
  }
  readonly DBPut: {
    readonly Family: string | number
    readonly Key: string | number
    readonly Val?: string | number | undefined
  }
  readonly DeviceStateList: Readonly<Record<string, never>>
  readonly DialplanExtensionAdd: {
    readonly Context: string | number
    readonly Extension: string | number
    readonly Priority: string | number
    readonly Application: string | number
    readonly ApplicationData?: string | number | undefined
    readonly Replace?: boolean | string | undefined
  }
  readonly DialplanExtensionRemove: {
    readonly Context: string | number
    readonly Extension: string | number
    readonly Priority?: string | number | undefined
  }
  readonly Events: {
    readonly EventMask: string | number
  }
  readonly ExtensionState: {
    readonly Exten: string | number
    readonly Context: string | number
  }
  readonly ExtensionStateList: Readonly<Record<string, never>>
  readonly FAXSession: {
    readonly SessionNumber: number | string
  }
  readonly FAXSessions: Readonly<Record<string, never>>
  readonly FAXStats: Readonly<Record<string, never>>
  readonly Filter: {
    readonly Filter?: string | number | undefined
    readonly Operation?: 'Add' | undefined
    readonly MatchCriteria?: string | number | undefined
  }
  readonly FilterList: Readonly<Record<string, never>>
  readonly GetConfig: {
    readonly Filename: string | number
    readonly Category?: string | number | undefined
    readonly Filter?: string | number | undefined
  }
  readonly GetConfigJSON: {
    readonly Filename: string | number
    readonly Filter?: string | number | undefined
    readonly Category?: string | number | undefined
  }
  readonly Getvar: {
    readonly Channel?: string | number | undefined
    readonly Variable: string | number
  }
  readonly Hangup: {
    readonly Channel: string | number
    readonly Cause?: number | string | undefined
  }
  readonly IAX1peers: Readonly<Record<string, never>>
  readonly IAXnetstats: Readonly<Record<string, never>>
  readonly IAXpeerlist: Readonly<Record<string, never>>
  readonly IAXpeers: Readonly<Record<string, never>>
  readonly IAXregistry: Readonly<Record<string, never>>
  readonly JabberSend: {
    readonly Jabber: string | number
    readonly ScreenName?: string | number | undefined
    readonly Message: string | number
    readonly JID: string | number
  }
  readonly ListCategories: {
    readonly Filename: string | number
    readonly Match?: string | number | undefined
  }
  readonly ListCommands: Readonly<Record<string, never>>
  readonly LocalOptimizeAway: {
    readonly Channel: string | number
  }
  readonly LoggerRotate: Readonly<Record<string, never>>
  readonly Login: {
    readonly Username: string | number
    readonly Secret?: string | number | undefined
    readonly AuthType?: 'plain' | 'MD5' | undefined
    readonly Key?: string | number | undefined
    readonly Events?: string | number | undefined
  }
  readonly Logoff: Readonly<Record<string, never>>
  readonly MailboxCount: {
    readonly Mailbox: string | number
  }
  readonly MailboxStatus: {
    readonly Mailbox: string | number
  }
  readonly MeetmeList: {
    readonly Conference?: string | number | undefined
  }
  readonly MeetmeListRooms: Readonly<Record<string, never>>
  readonly MeetmeMute: {
    readonly Meetme: string | number
    readonly Usernum: number | string
  }
  readonly MeetmeUnmute: {
    readonly Meetme: string | number
    readonly Usernum: number | string
  }
  readonly MessageSend: {
    readonly To?: string | number | undefined
    readonly From?: string | number | undefined
    readonly Body?: string | number | undefined
    readonly Base64Body?: string | number | undefined
    readonly Variable?: string | number | readonly (string | number)[] | undefined
    readonly Destination?: string | number | undefined
  }
  readonly MixMonitor: {
    readonly Channel: string | number
    readonly File?: string | number | undefined
    readonly Options?: string | number | undefined
    readonly Command?: string | number | undefined
  }
  readonly MixMonitorMute: {
    readonly Channel: string | number
    readonly State?: number | string | undefined
    readonly Direction?: string | number | undefined
    readonly MixMonitorID?: string | number | undefined
  }
  readonly ModuleCheck: {
    readonly Module: string | number
  }
  readonly ModuleLoad: {
    readonly Module?: string | number | undefined
    readonly LoadType: 'load' | 'unload' | 'reload' | 'refresh'
    readonly Recursive?: boolean | string | undefined
  }
  readonly Monitor: {
    readonly Channel: string | number
    readonly File?: string | number | undefined
    readonly Format?: string | number | undefined
    readonly Mix?: boolean | string | undefined
  }
  readonly MuteAudio: {
    readonly Channel: string | number
    readonly State: 'on' | 'off'
    readonly Direction: 'in' | 'out' | 'all'
  }
  readonly MWIDelete: {
    readonly Mailbox: string | number
  }
  readonly MWIGet: {
    readonly Mailbox: string | number
  }
  readonly MWIUpdate: {
    readonly Mailbox: string | number
    readonly OldMessages?: number | string | undefined
    readonly NewMessages?: number | string | undefined
  }
  readonly Originate: {
    readonly Channel: string | number
    readonly Exten?: string | number | undefined
    readonly Context?: string | number | undefined
    readonly Priority?: string | number | undefined
    readonly Timeout?: number | string | undefined
    readonly CallerID?: string | number | undefined
    readonly Variable?: string | number | readonly (string | number)[] | undefined
    readonly Account?: string | number | undefined
    readonly Application?: string | number | undefined
    readonly Data?: string | number | undefined
    readonly Async?: boolean | string | undefined
    readonly Codecs?: string | number | undefined
    readonly EarlyMedia?: boolean | string | undefined
    readonly ChannelId?: string | number | undefined
    readonly OtherChannelId?: string | number | undefined
    readonly PreDialGoSub?: string | number | undefined
  }
  readonly Park: {
    readonly Channel: string | number
    readonly Channel2?: string | number | undefined
    readonly Timeout?: number | string | undefined
    readonly Parkinglot?: string | number | undefined
    readonly TimeoutChannel?: string | number | undefined
    readonly AnnounceChannel?: string | number | undefined
    readonly ParkingSpace?: string | number | undefined
  }
  readonly ParkedCalls: {
    readonly ParkingLot?: string | number | undefined
  }
  readonly Parkinglots: Readonly<Record<string, never>>
  readonly PauseMonitor: {
    readonly Channel: string | number
  }
  readonly Ping: Readonly<Record<string, never>>
  readonly PJSIPHangup: {
    readonly Channel: string | number
    readonly Cause: string | number
  }
  readonly PJSIPNotify: {
    readonly Endpoint?: string | number | undefined
    readonly Variable?: string | number | readonly (string | number)[] | undefined
    readonly URI?: string | number | undefined
    readonly channel?: string | number | undefined
    readonly Option?: string | number | undefined
  }
  readonly PJSIPQualify: {
    readonly Endpoint: string | number
  }
  readonly PJSIPRegister: {
    readonly Registration: string | number
  }
  readonly PJSIPSetMaintenance: {
    readonly Endpoint: string | number
    readonly State: 'on' | 'off'
  }
  readonly PJSIPShowAors: Readonly<Record<string, never>>
  readonly PJSIPShowAuths: Readonly<Record<string, never>>
  readonly PJSIPShowContacts: Readonly<Record<string, never>>
  readonly PJSIPShowEndpoint: {
    readonly Endpoint: string | number
  }
  readonly PJSIPShowEndpoints: Readonly<Record<string, never>>
  readonly PJSIPShowMaintenance: {
    readonly Endpoint?: string | number | undefined
  }
  readonly PJSIPShowRegistrationInboundContactStatuses: Readonly<Record<string, never>>
  readonly PJSIPShowRegistrationsInbound: Readonly<Record<string, never>>
  readonly PJSIPShowRegistrationsOutbound: Readonly<Record<string, never>>
  readonly PJSIPShowResourceLists: Readonly<Record<string, never>>
  readonly PJSIPShowSubscriptionsInbound: Readonly<Record<string, never>>
  readonly PJSIPShowSubscriptionsOutbound: Readonly<Record<string, never>>
  readonly PJSIPUnregister: {
    readonly Registration: string | number
  }
  readonly PlayDTMF: {
    readonly Channel: string | number
    readonly Digit: string | number
    readonly Duration?: number | string | undefined
    readonly Receive?: boolean | string | undefined
  }
  readonly PlayMF: {
    readonly Channel: string | number
    readonly Digit: string | number
    readonly Duration?: number | string | undefined
  }
  readonly PresenceState: {
    readonly Provider: string | number
  }
  readonly PresenceStateList: Readonly<Record<string, never>>
  readonly PRIDebugFileSet: {
    readonly File: string | number
  }
  readonly PRIDebugFileUnset: Readonly<Record<string, never>>
  readonly PRIDebugSet: {
    readonly Level: 'off' | 'on' | 'hex' | 'intense'
    readonly Span: number | string
  }
  readonly PRIShowSpans: {
    readonly Span?: number | string | undefined
  }
  readonly QueueAdd: {
    readonly Queue: string | number
    readonly Interface: string | number
    readonly Penalty?: number | string | undefined
    readonly Paused?: boolean | string | undefined
    readonly MemberName?: string | number | undefined
    readonly StateInterface?: string | number | undefined
    readonly Wrapuptime?: number | string | undefined
    readonly Reason?: string | number | undefined
  }
  readonly QueueChangePriorityCaller: {
    readonly Queue: string | number
    readonly Caller: string | number
    readonly Priority: number | string
    readonly Immediate?: boolean | string | undefined
  }
  readonly QueueLog: {
    readonly Queue: string | number
    readonly Uniqueid?: string | number | undefined
    readonly Interface?: string | number | undefined
    readonly Event: string | number
    readonly Message?: string | number | undefined
  }
  readonly QueueMemberRingInUse: {
    readonly Interface: string | number
    readonly RingInUse: boolean | string
    readonly Queue?: string | number | undefined
  }
  readonly QueuePause: {
    readonly Interface: string | number
    readonly Paused: boolean | string
    readonly Queue?: string | number | undefined
    readonly Reason?: string | number | undefined
  }
  readonly QueuePenalty: {
    readonly Interface: string | number
    readonly Penalty: number | string
    readonly Queue?: string | number | undefined
  }
  readonly QueueReload: {
    readonly Queue?: string | number | undefined
    readonly Members?: boolean | string | undefined
    readonly Rules?: boolean | string | undefined
    readonly Parameters?: boolean | string | undefined
  }
  readonly QueueRemove: {
    readonly Queue: string | number
    readonly Interface: string | number
  }
  readonly QueueReset: {
    readonly Queue?: string | number | undefined
  }
  readonly QueueRule: {
    readonly Rule?: string | number | undefined
  }
  readonly Queues: Readonly<Record<string, never>>
  readonly QueueStatus: {
    readonly Queue?: string | number | undefined
    readonly Member?: string | number | undefined
  }
  readonly QueueSummary: {
    readonly Queue?: string | number | undefined
  }
  readonly QueueWithdrawCaller: {
    readonly Queue: string | number
    readonly Caller: string | number
    readonly WithdrawInfo?: string | number | undefined
  }
  readonly Redirect: {
    readonly Channel: string | number
    readonly ExtraChannel?: string | number | undefined
    readonly Exten: string | number
    readonly Context: string | number
    readonly Priority: string | number
    readonly ExtraExten?: string | number | undefined
    readonly ExtraContext?: string | number | undefined
    readonly ExtraPriority?: string | number | undefined
  }
  readonly Reload: {
    readonly Module?: string | number | undefined
  }
  readonly RptLocalNodes: Readonly<Record<string, never>>
  readonly RptStatus: {
    readonly Command?: string | number | undefined
    readonly Node?: string | number | undefined
  }
  readonly SendFlash: {
    readonly Channel: string | number
    readonly Receive?: boolean | string | undefined
  }
  readonly SendText: {
    readonly Channel: string | number
    readonly Message: string | number
    readonly 'Content-Type'?: string | number | undefined
  }
  readonly SetCDRUserField: {
    readonly UserField?: string | number | undefined
    readonly Channel?: string | number | undefined
    readonly Append?: boolean | string | undefined
  }
  readonly Setvar: {
    readonly Channel?: string | number | undefined
    readonly Variable: string | number
    readonly Value: string | number
  }
  readonly ShowDialPlan: {
    readonly Extension?: string | number | undefined
    readonly Context?: string | number | undefined
  }
  readonly SIPnotify: {
    readonly Channel: string | number
    readonly Variable: string | number | readonly (string | number)[]
    readonly 'Call-ID'?: string | number | undefined
  }
  readonly SIPpeers: Readonly<Record<string, never>>
  readonly SIPpeerstatus: {
    readonly Peer?: string | number | undefined
  }
  readonly SIPqualifypeer: {
    readonly Peer: string | number
  }
  readonly SIPshowpeer: {
    readonly Peer: string | number
  }
  readonly SIPshowregistry: Readonly<Record<string, never>>
  readonly SKINNYdevices: Readonly<Record<string, never>>
  readonly SKINNYlines: Readonly<Record<string, never>>
  readonly SKINNYshowdevice: {
    readonly Device: string | number
  }
  readonly SKINNYshowline: {
    readonly Line: string | number
  }
  readonly SorceryMemoryCacheExpire: {
    readonly Cache: string | number
  }
  readonly SorceryMemoryCacheExpireObject: {
    readonly Cache: string | number
    readonly Object: string | number
  }
  readonly SorceryMemoryCachePopulate: {
    readonly Cache: string | number
  }
  readonly SorceryMemoryCacheStale: {
    readonly Cache: string | number
  }
  readonly SorceryMemoryCacheStaleObject: {
    readonly Cache: string | number
    readonly Object: string | number
    readonly Reload?: boolean | string | undefined
  }
  readonly Status: {
    readonly Channel?: string | number | undefined
    readonly Variables?: string | number | undefined
    readonly AllVariables?: boolean | string | undefined
  }
  readonly StopMixMonitor: {
    readonly Channel: string | number
    readonly MixMonitorID?: string | number | undefined
  }
  readonly StopMonitor: {
    readonly Channel: string | number
  }
  readonly UnpauseMonitor: {
    readonly Channel: string | number
  }
  readonly UpdateConfig: {
    readonly SrcFilename: string | number
    readonly DstFilename: string | number
    readonly Reload?: string | number | undefined
    readonly PreserveEffectiveContext?: boolean | string | undefined
    readonly [key: `Action-${string}`]: 'NewCat' | 'RenameCat' | 'DelCat' | 'EmptyCat' | 'Update' | 'Delete' | 'Append' | 'Insert' | undefined
    readonly [key: `Cat-${string}`]: string | number | undefined
    readonly [key: `Var-${string}`]: string | number | undefined
    readonly [key: `Value-${string}`]: string | number | undefined
    readonly [key: `Match-${string}`]: string | number | undefined
    readonly [key: `Line-${string}`]: number | string | undefined
    readonly [key: `Options-${string}`]: string | number | undefined
  }
  readonly UserEvent: {
    readonly UserEvent: string | number
    readonly [header: string]: string | number | readonly (string | number)[] | undefined
  }
  readonly VoicemailBoxSummary: {
    readonly Context: string | number
    readonly Mailbox: string | number
  }
  readonly VoicemailForward: {
    readonly Mailbox: string | number
    readonly Context: string | number
    readonly Folder: string | number
    readonly ID: string | number
    readonly ToMailbox: string | number
    readonly ToContext: string | number
    readonly ToFolder: string | number
  }
  readonly VoicemailMove: {
    readonly Mailbox: string | number
    readonly Context: string | number
    readonly Folder: string | number
    readonly ID: string | number
    readonly ToFolder: string | number
  }
  readonly VoicemailRefresh: {
    readonly Context?: string | number | undefined
    readonly Mailbox?: string | number | undefined
  }
  readonly VoicemailRemove: {
    readonly Mailbox: string | number
    readonly Context: string | number
    readonly Folder: string | number
    readonly ID: string | number
  }
  readonly VoicemailUsersList: Readonly<Record<string, never>>
  readonly VoicemailUserStatus: {
    readonly Context: string | number
    readonly Mailbox: string | number
  }
  readonly WaitEvent: {
    readonly Timeout: number | string
  }
  readonly ZapDialOffhook: {
    readonly ZapChannel?: number | string | undefined
    readonly Number?: string | number | undefined
  }
  readonly ZapDNDoff: {
    readonly ZapChannel?: number | string | undefined
  }
  readonly ZapDNDon: {
    readonly ZapChannel?: number | string | undefined
  }
  readonly ZapHangup: {
    readonly ZapChannel?: number | string | undefined
  }
  readonly ZapRestart: Readonly<Record<string, never>>
  readonly ZapShowChannels: Readonly<Record<string, never>>
  readonly ZapTransfer: {
    readonly ZapChannel?: number | string | undefined
  }
}
