import type { AsteriskVersion } from './provision.ts'

export interface Ports {
  readonly ami: number
  readonly amiTls: number
  readonly sip: number
  /** The legacy SIP channel, on 16 only. */
  readonly legacySip: number
  readonly rtp: number
  /** Where the phones with a fixed contact are expected, by extension. */
  readonly phones: Readonly<Record<PhoneName, number>>
}

/** Extensions whose phones have a fixed place, and the provider's end of the trunk. */
export const PHONES = [
  '1001',
  '1002',
  '1003',
  '2001',
  'trunk',
] as const
export type PhoneName = typeof PHONES[number]

/** Asterisk knows the trunk by this address. */
export const TRUNK_HOST = '127.0.0.2'

const PEOPLE: Readonly<Record<string, string>> = {
  1001: 'Alice One',
  1002: 'Bob Two',
  1003: 'Carol Three',
  1004: 'Dave Four',
  2001: 'Erin Legacy',
}

export type Account = 'companion' | 'reporter' | 'recorder' | 'admin' | 'readonly' | 'dialless' | 'single' | 'elsewhere'

export interface ConfigOptions {
  readonly version: AsteriskVersion
  readonly run: string
  readonly modules: string
  readonly share: string
  readonly ports: Ports
  readonly secrets: Readonly<Record<Account, string>>
  /** How long 1001–1004 ring before voicemail answers. */
  readonly ringSeconds: number
  /** More lines for the [general] part of manager.conf, such as `timestampevents = yes`. */
  readonly managerGeneral?: string
}

const MODULES = `
res_timing_timerfd res_sorcery_config res_sorcery_memory res_sorcery_astdb
pbx_config func_logic func_strings func_callerid func_channel func_cdr func_db func_devstate func_presencestate func_extstate
func_global func_cut func_math func_env func_timeout func_dialplan func_vmcount func_pjsip_endpoint func_hangupcause
app_agent_pool app_dial app_playback app_echo app_stack app_verbose app_db app_userevent app_queue app_directed_pickup app_exec app_originate
app_senddtmf res_mutestream app_blind_transfer app_softhangup app_voicemail app_playtones app_channelredirect app_mixmonitor app_confbridge
res_musiconhold res_parking res_speech res_stasis res_manager_devicestate res_manager_presencestate res_adsi res_smdi res_convert
res_clioriginate cdr_manager
bridge_builtin_features bridge_builtin_interval_features bridge_holding bridge_native_rtp bridge_simple bridge_softmix chan_bridge_media
codec_ulaw codec_alaw codec_gsm codec_a_mu codec_resample format_gsm format_wav format_pcm format_sln
res_rtp_asterisk res_crypto
res_pjproject res_pjsip res_pjsip_session chan_pjsip res_pjsip_acl res_pjsip_authenticator_digest res_pjsip_caller_id
res_pjsip_diversion res_pjsip_dlg_options res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_exten_state
res_pjsip_header_funcs res_pjsip_mwi res_pjsip_mwi_body_generator res_pjsip_nat res_pjsip_notify res_pjsip_pidf_body_generator
res_pjsip_outbound_publish res_pjsip_pubsub res_pjsip_refer res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp
`.trim().split(/\s+/)
const LEGACY_MODULES = ['chan_sip', 'app_macro']

/** The modules to look for; a version that lacks one goes without. */
export function moduleNames(version: AsteriskVersion): readonly string[] {
  return version === '16'
    ? [
        ...MODULES,
        ...LEGACY_MODULES,
      ]
    : MODULES
}

/** A small office on loopback, as the files of /etc/asterisk. */
export function writeConfig(options: ConfigOptions, modules: readonly string[]): Readonly<Record<string, string>> {
  const { run, ports, secrets, version } = options
  const legacy = version === '16'
  const people = ['1001', '1002', '1003', '1004']
  return {
    'asterisk.conf': `
[directories]
astetcdir => ${run}/etc
astmoddir => ${options.modules}
astvarlibdir => ${run}/lib
astdbdir => ${run}/db
astkeydir => ${run}/keys
astdatadir => ${options.share}
astagidir => ${run}/agi
astspooldir => ${run}/spool
astrundir => ${run}/run
astlogdir => ${run}/log
[options]
verbose = 3
documentation_language = en_US
`,
    'modules.conf': `
[modules]
autoload = no
${modules.map(name => `load = ${name}.so`).join('\n')}
`,
    'logger.conf': `
[general]
[logfiles]
messages => notice,warning,error
full => notice,warning,error,verbose(3)
`,
    'manager.conf': `
[general]
enabled = yes
port = ${ports.ami}
bindaddr = 127.0.0.1
tlsenable = yes
tlsbindaddr = 127.0.0.1:${ports.amiTls}
tlscertfile = ${run}/etc/cert.pem
tlsprivatekey = ${run}/etc/key.pem
authtimeout = 5
allowmultiplelogin = yes
${options.managerGeneral ?? ''}

[admin]
secret = ${secrets.admin}
read = all
write = all

; the least that the program needs
[companion]
secret = ${secrets.companion}
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.0/255.0.0.0
read = call,agent
write = call,agent,originate
writetimeout = 1000

; as companion, and reads the database and lists messages
[reporter]
secret = ${secrets.reporter}
read = call,agent
write = call,agent,originate,reporting

; as companion, and changes the server: the database, recordings, muting
[recorder]
secret = ${secrets.recorder}
read = call,agent
write = call,agent,originate,system

; sees and hangs up, does not dial
[dialless]
secret = ${secrets.dialless}
read = call,agent
write = call,agent

[readonly]
secret = ${secrets.readonly}
read = call,agent
write =

[single]
secret = ${secrets.single}
allowmultiplelogin = no
read = call
write = call

[elsewhere]
secret = ${secrets.elsewhere}
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.9/255.255.255.255
read = call
write = call
`,
    'rtp.conf': `
[general]
rtpstart = ${ports.rtp}
rtpend = ${ports.rtp + 199}
icesupport = no
`,
    'pjsip.conf': `
[transport-udp]
type = transport
protocol = udp
bind = 127.0.0.1:${ports.sip}

[phone](!)
type = endpoint
transport = transport-udp
context = internal
disallow = all
allow = ulaw,alaw
direct_media = no
rtp_symmetric = yes
media_address = 127.0.0.1
bind_rtp_to_media_address = yes
dtmf_mode = rfc4733
call_group = 1
pickup_group = 1
send_pai = yes
trust_id_inbound = yes
language = en
tone_zone = us
${(['1001', '1002', '1003'] as const).map(name => `
[${name}](phone)
aors = ${name}
callerid = "${PEOPLE[name]}" <${name}>
mailboxes = ${name}@default
[${name}]
type = aor
contact = sip:${name}@127.0.0.1:${ports.phones[name]}
`).join('')}
; the one that registers
[1004](phone)
aors = 1004
auth = 1004
callerid = "${PEOPLE['1004']}" <1004>
mailboxes = 1004@default
[1004]
type = auth
auth_type = userpass
username = 1004
password = phone-1004
[1004]
type = aor
max_contacts = 1
remove_existing = yes

; the provider, known by its address
[trunk](phone)
context = from-trunk
aors = trunk
[trunk]
type = aor
contact = sip:${TRUNK_HOST}:${ports.phones.trunk}
[trunk]
type = identify
endpoint = trunk
match = ${TRUNK_HOST}
`,
    ...(legacy
      ? {
          'sip.conf': `
[general]
context = internal
udpbindaddr = 127.0.0.1:${ports.legacySip}
tcpenable = no
allowguest = no
disallow = all
allow = ulaw
directmedia = no
callcounter = yes
notifyringing = yes
notifyhold = yes
[2001]
type = friend
host = 127.0.0.1
port = ${ports.phones['2001']}
callerid = "${PEOPLE['2001']}" <2001>
mailbox = 2001@default
context = internal
`,
        }
      : {}),
    'voicemail.conf': `
[general]
format = wav
minsecs = 1
maxsecs = 60
maxsilence = 0
envelope = no
saycid = no
sayduration = no
mailcmd = /bin/true
[default]
${[...people, '2001'].map(name => `${name} => 0000,${PEOPLE[name]}`).join('\n')}
`,
    'queues.conf': `
[general]
persistentmembers = no
autofill = yes
; a queue keeps the first strategy that the server reads of it: none may stand here
[queue](!)
retry = 1
musicclass = default
joinempty = yes
leavewhenempty = no
ringinuse = no
[support](queue)
strategy = ringall
timeout = 10
member => PJSIP/1003,0,Carol Three,PJSIP/1003
; one after the other, always in the same order
[sales](queue)
strategy = linear
timeout = 2
timeoutrestart = yes
member => PJSIP/1002,0,Bob Two,PJSIP/1002
; agents who log in by a call
[hotline](queue)
strategy = ringall
timeout = 10
member => Local/2100@agent-calls,0,Alice One,Agent:2100
; to one who takes a call by a key
[careful]
strategy = ringall
timeout = 3
retry = 1
musicclass = default
joinempty = yes
leavewhenempty = no
ringinuse = no
member => Local/2101@agent-calls,0,Alice Careful,Agent:2101
`,
    // Whom a queue finds at the phone that 7500 to 7502 was dialled from.
    'agents.conf': `
[general]
[2100]
fullname = Alice One
[2101]
fullname = Alice Careful
ackcall = yes
acceptdtmf = #
`,
    'confbridge.conf': `
[general]
[member]
type = user
quiet = yes
[room]
type = bridge
`,
    'features.conf': `
[general]
transferdigittimeout = 3
pickupexten = *8
[featuremap]
blindxfer = #1
atxfer = *2
`,
    'res_parking.conf': `
[general]
[default]
parkext = 700
parkpos = 701-720
context = parkedcalls
parkingtime = 30
parkinghints = yes
comebacktoorigin = yes
findslot = first
; nobody has much time here, but more than the parker's phone needs to be let go (two to three seconds)
[quick]
parkpos = 741-745
context = parkedcalls
parkingtime = 5
comebacktoorigin = yes
comebackdialtime = 30
findslot = first
; back before the parker's phone was let go
[hasty]
parkpos = 751-755
context = parkedcalls
parkingtime = 1
comebacktoorigin = yes
comebackdialtime = 30
findslot = first
`,
    'musiconhold.conf': `
[default]
mode = files
directory = ${options.share}/moh
`,
    'cdr.conf': `
[general]
enable = yes
`,
    'cdr_manager.conf': `
[general]
enabled = yes
`,
    'indications.conf': `
[general]
country = us
[us]
description = US
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
`,
    ...Object.fromEntries([
      'udptl',
      'ccss',
      'codecs',
      'dsp',
      'cli_aliases',
      'adsi',
      'smdi',
      'pjsip_notify',
    ].map(name => [`${name}.conf`, '[general]\n'])),
    ...Object.fromEntries([
      'acl',
      'cli',
      'cli_permissions',
      'extconfig',
      'pjproject',
      'queuerules',
      'sorcery',
      'stasis',
    ].map(name => [`${name}.conf`, '; nothing\n'])),
    'extensions.conf': `
[general]
static = yes
writeprotect = no
[globals]
RINGTIME = ${options.ringSeconds}

[hints]
${people.map(name => `exten => ${name},hint,PJSIP/${name}&Custom:DND${name},CustomPresence:${name}`).join('\n')}
${legacy ? 'exten => 2001,hint,SIP/2001' : ''}
exten => 8000,hint,Queue:support

[internal]
include => hints
include => parkedcalls
include => far
; a person: forward, do-not-disturb, ring, then voicemail
exten => _100[1-4],1,Set(__PICKUPMARK=\${EXTEN})
 same => n,GotoIf($["\${DB(CF/\${EXTEN})}" != ""]?internal,\${DB(CF/\${EXTEN})},1)
 same => n,GotoIf($["\${DB(DND/\${EXTEN})}" = "YES"]?mail)
 same => n,Dial(PJSIP/\${EXTEN},\${RINGTIME},tTkKxX)
 same => n(mail),VoiceMail(\${EXTEN}@default,s)
 same => n,Hangup()
${legacy
  ? `exten => 2001,1,Dial(SIP/2001,\${RINGTIME},tTkKxX)\n same => n,VoiceMail(2001@default,s)\n same => n,Hangup()`
  : ''}
; straight into somebody's voicemail
exten => _*100[1-4],1,VoiceMail(\${EXTEN:1}@default,s)
 same => n,Hangup()
; out through the provider
exten => _0X.,1,Dial(PJSIP/\${EXTEN}@trunk,30,tTkKxX)
 same => n,Hangup()
; a ring group: the first who answers has the call
exten => 9000,1,Dial(PJSIP/1001&PJSIP/1002&PJSIP/1003,30,tTkK)
 same => n,Hangup()
exten => 8000,1,Answer()
 same => n,Queue(support,tTkKxX,,,60)
 same => n,Hangup()
exten => 8001,1,Answer()
 same => n,Queue(sales,tTkKxX,,,60)
 same => n,Hangup()
exten => 8002,1,Answer()
 same => n,Queue(hotline,tTkKxX,,,60)
 same => n,Hangup()
exten => 8003,1,Answer()
 same => n,Queue(careful,tTkKxX,,,60)
 same => n,Hangup()
; the agent without a queue
exten => 8004,1,AgentRequest(2100)
 same => n,Hangup()
exten => 7500,1,AgentLogin(2100,s)
 same => n,Hangup()
exten => 7501,1,AgentLogin(2101,s)
 same => n,Hangup()
; with keys of its own: an agent has those of no queue
exten => 7502,1,Set(CHANNEL(dtmf_features)=T)
 same => n,AgentLogin(2100,s)
 same => n,Hangup()
exten => 3000,1,Answer()
 same => n,ConfBridge(3000,room,member)
exten => 600,1,Answer()
 same => n,Echo()
exten => *97,1,VoiceMailMain(\${CALLERID(num)}@default,s)
exten => *8,1,Pickup()
exten => _*55XXXX,1,Pickup(\${EXTEN:3}@nobody)
 same => n,Hangup()
exten => _**XXXX,1,Pickup(PJSIP/\${EXTEN:2}&\${EXTEN:2}@PICKUPMARK)
exten => *78,1,Set(DB(DND/\${CALLERID(num)})=YES)
 same => n,Set(DEVICE_STATE(Custom:DND\${CALLERID(num)})=BUSY)
 same => n,Set(PRESENCE_STATE(CustomPresence:\${CALLERID(num)})=dnd,,do not disturb)
 same => n,Hangup()
exten => *79,1,NoOp(\${DB_DELETE(DND/\${CALLERID(num)})})
 same => n,Set(DEVICE_STATE(Custom:DND\${CALLERID(num)})=NOT_INUSE)
 same => n,Set(PRESENCE_STATE(CustomPresence:\${CALLERID(num)})=available)
 same => n,Hangup()
; forwards: *72 and the number, *73; busy *90 and *91
exten => _*72X.,1,Set(DB(CF/\${CALLERID(num)})=\${EXTEN:3})
 same => n,Hangup()
exten => *73,1,NoOp(\${DB_DELETE(CF/\${CALLERID(num)})})
 same => n,Hangup()
exten => _*90X.,1,Set(DB(CFB/\${CALLERID(num)})=\${EXTEN:3})
 same => n,Hangup()
exten => *91,1,NoOp(\${DB_DELETE(CFB/\${CALLERID(num)})})
 same => n,Hangup()

[agent-calls]
exten => _XXXX,1,AgentRequest(\${EXTEN})
 same => n,Hangup()

; numbers out there, each with one way to behave; they need no phone
[far]
; rings a second, answers, stays
exten => 7001,1,Ringing()
 same => n,Wait(1)
 same => n,Answer()
 same => n,MusicOnHold(default,60)
 same => n,Hangup()
; busy
exten => 7002,1,Busy(2)
; rings for ever
exten => 7003,1,Ringing()
 same => n,Wait(120)
; no way through
exten => 7004,1,Congestion(2)
; answers and hangs up after two seconds
exten => 7005,1,Answer()
 same => n,Wait(2)
 same => n,Hangup()
; unallocated number, call rejected
exten => 7006,1,Hangup(1)
exten => 7007,1,Hangup(21)
; says what it hears
exten => 7008,1,Answer()
 same => n,Echo()
; the phone of 1003 rings for a second, and nobody speaks for it
exten => 7009,1,Dial(PJSIP/1003,1)
 same => n,Hangup()
; says that there is no such number, and ends the call
exten => 7010,1,Answer()
 same => n,Playback(ss-noservice)
 same => n,Hangup()
; what a robot caller does once answered
exten => talk,1,Answer()
 same => n,MusicOnHold(default,60)
 same => n,Hangup()

; 55512XX reaches 10XX, 55513XX does without the features of a call, 5559000 the ring group, 5558000 to 5558003 the queues, 5558004 the agent
[from-trunk]
exten => _55512XX,1,Goto(internal,10\${EXTEN:5},1)
exten => _55513XX,1,Dial(PJSIP/10\${EXTEN:5},\${RINGTIME})
 same => n,Hangup()
exten => 5559000,1,Goto(internal,9000,1)
exten => 5558000,1,Goto(internal,8000,1)
exten => 5558001,1,Goto(internal,8001,1)
exten => _555800[2-4],1,Goto(internal,\${EXTEN:3},1)
`,
  }
}
