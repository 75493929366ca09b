import type { Staff } from '../office.ts'
import type { ConfigCategory, ConfigFile } from './config-file.ts'
import { PARKING_LOTS, QUEUES, VOICEMAIL_NUMBER } from '../office.ts'

/** The configuration of the office, in memory: what is changed here is shown again and changes nothing else, but for the queues once they are reloaded. */
export class ConfigFiles {
  readonly #files: Map<string, ConfigFile>

  constructor(staff: Staff) {
    this.#files = new Map(Object.entries(filesOf(staff)).map(([name, categories]) => [name, { categories }]))
  }

  get(name: string): ConfigFile | undefined {
    return this.#files.get(name)
  }

  set(name: string, file: ConfigFile): void {
    this.#files.set(name, file)
  }
}

type Lines = readonly string[]

function section(name: string, lines: Lines, more: Partial<ConfigCategory> = {}): ConfigCategory {
  return {
    name,
    isTemplate: false,
    inherits: [],
    variables: lines.map((line) => {
      const at = line.indexOf('=')
      const isObject = line[at + 1] === '>'
      return { name: line.slice(0, at).trim(), value: line.slice(at + (isObject ? 2 : 1)).trim(), isObject }
    }),
    ...more,
  }
}

function filesOf(staff: Staff): Readonly<Record<string, readonly ConfigCategory[]>> {
  return {
    'manager.conf': [
      section('general', ['enabled = yes', 'port = 5038', 'bindaddr = 127.0.0.1', 'displayconnects = no']),
      section('companion', ['secret = made-at-every-start', 'deny = 0.0.0.0/0.0.0.0', 'permit = 127.0.0.1/255.255.255.255', 'read = all', 'write = all']),
    ],
    'queues.conf': [
      section('general', ['persistentmembers = yes', 'autofill = yes', 'monitor-type = MixMonitor']),
      ...QUEUES.map(({ name, strategy, serviceLevelSeconds, members }) => section(name, [
        `strategy = ${strategy}`,
        'timeout = 15',
        'retry = 2',
        `servicelevel = ${serviceLevelSeconds}`,
        'musicclass = default',
        'joinempty = yes',
        'ringinuse = no',
        ...members.filter(({ isDynamic }) => !isDynamic).map(({ extension, penalty }) => `member => PJSIP/${extension},${penalty},${staff.at(extension)?.name ?? extension},PJSIP/${extension}`),
      ])),
    ],
    'res_parking.conf': [
      section('general', ['parkeddynamic = no']),
      ...PARKING_LOTS.map(({ name, extension, spaces: [first, last], timeoutMs, hasHints }) => section(name, [
        `parkext => ${extension}`,
        `parkpos => ${first}-${last}`,
        'context => parkedcalls',
        `parkingtime => ${timeoutMs / 1000}`,
        `parkinghints => ${hasHints
          ? 'yes'
          : 'no'}`,
        'comebacktoorigin => yes',
        'findslot => first',
      ])),
    ],
    'voicemail.conf': [
      section('general', ['format = wav', 'serveremail = asterisk@localhost', 'maxsecs = 60', 'minsecs = 2']),
      section('default', staff.people.map(({ extension, name }) => `${extension} => ****,${name}`)),
    ],
    'features.conf': [
      section('general', ['pickupexten = *8', 'atxfernoanswertimeout = 15', 'transferdigittimeout = 3']),
      section('featuremap', ['blindxfer => #1', 'atxfer => *2', 'disconnect => *0', 'automixmon => *3']),
    ],
    'extensions.conf': [
      section('general', ['static = yes', 'writeprotect = no']),
      section('internal', ['include => parkedcalls', `exten => ${VOICEMAIL_NUMBER},1,VoiceMailMain(\${CALLERID(num)}@default,s)`, 'exten => 3000,1,ConfBridge(3000,bridge3000,user3000)', 'exten => _10XX,1,Dial(PJSIP/${EXTEN},20,tT)', 'same => n,VoiceMail(${EXTEN}@default,s)']), // eslint-disable-line no-template-curly-in-string -- of the dialplan
      section('from-trunk', ['exten => _4420794601XX,1,Goto(internal,10${EXTEN:-2},1)']), // eslint-disable-line no-template-curly-in-string -- of the dialplan
      section('hints', staff.people.slice(0, 50).map(({ extension }) => `exten => ${extension},hint,PJSIP/${extension}&Custom:DND${extension},CustomPresence:${extension}`)),
    ],
    'musiconhold.conf': [
      section('default', ['mode = files', 'directory = moh']),
    ],
    'confbridge.conf': [
      section('general', []),
      section('user3000', ['type = user', 'quiet = yes', 'talk_detection_events = yes']),
      section('bridge3000', ['type = bridge', 'max_members = 20']),
    ],
    'pjsip.conf': [
      section('global', ['type = global', 'user_agent = Office']),
      section('transport-udp', ['type = transport', 'protocol = udp', 'bind = 0.0.0.0']),
      section('desk-phone', ['type = endpoint', 'context = internal', 'allow = !all,ulaw,alaw'], { isTemplate: true }),
      ...staff.people.slice(0, 50).map(({ extension, name }) => section(extension, [`callerid = "${name}" <${extension}>`, `aors = ${extension}`, `mailboxes = ${extension}@default`], { inherits: ['desk-phone'] })),
    ],
  }
}
