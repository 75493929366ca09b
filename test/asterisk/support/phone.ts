// A SIP phone (UDP, G.711 µ-law, loopback) that the test plays: it rings, answers, refuses, dials, holds, hangs up, registers.
import type { Socket } from 'node:dgram'
import type { SipMessage } from './sip.ts'
import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { formatSip, headerOf, headersOf, parseSip, partyOf, quote, tagOf, uriOf } from './sip.ts'

export interface Address { readonly host: string, readonly port: number }

/** What the phone does when it is called: ring until the test decides, answer, or refuse with a SIP status (486, 603, 480, 503 …). */
export type Behaviour = 'ring' | 'answer' | { readonly refuse: number }

export interface PhoneOptions {
  readonly user: string
  /** Where the phone listens. */
  readonly at: Address
  readonly server: Address
  readonly password?: string
  readonly behaviour?: Behaviour
}

/** How a call ended: who ended it, and with which SIP status where it was refused. */
export interface CallEnd {
  readonly by: 'us' | 'them'
  readonly status: number | null
  /** The Reason header (RFC 3326), as `Q.850;cause=26`, or empty. */
  readonly reason: string
}

type CallState = 'calling' | 'arrived' | 'ringing' | 'answered' | 'ended'

const id = (bytes = 6): string => randomBytes(bytes).toString('hex')
const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  302: 'Moved Temporarily',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  503: 'Service Unavailable',
  603: 'Decline',
}

const KEYS = '0123456789*#'
/** What a key pressed for 100 ms is on the wire (RFC 4733): a packet every 20 ms, and the last one three times. */
const KEY_PACKETS = [
  1,
  2,
  3,
  4,
  5,
  5,
  5,
] as const

/** The payload of one of these packets; `at` counts them. */
function keyPayload(key: string, at: number): Buffer {
  const payload = Buffer.alloc(4)
  payload[0] = KEYS.indexOf(key)
  payload[1] = at < 4
    ? 10
    : 0x80 | 10
  payload.writeUInt16BE((KEY_PACKETS[at] ?? 0) * 160, 2)
  return payload
}

async function bind(host: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4')
  await new Promise<void>((bound, fail) => {
    socket.once('error', fail)
    socket.bind(port, host, () => {
      socket.off('error', fail)
      bound()
    })
  })
  return socket
}

/** One call of the phone. The promises tell its life: `ringing` (the far end rings), `answered`, `ended`. */
export class PhoneCall {
  readonly direction: 'in' | 'out'
  readonly ringing: Promise<void>
  /** Rejects when the call ends without an answer. */
  readonly answered: Promise<void>
  readonly ended: Promise<CallEnd>
  readonly callId: string
  /** When it was dialled or came, was answered and ended, in ms since the epoch. */
  readonly beganAt = Date.now()
  answeredAt: number | null = null
  endedAt: number | null = null
  /** How it ended, once it has. */
  end: CallEnd | null = null
  state: CallState
  readonly #phone: Phone
  readonly #resolve: { readonly ringing: () => void, readonly answered: () => void, readonly unanswered: (error: Error) => void, readonly ended: (end: CallEnd) => void }
  #local: string
  #remote: string
  #target: string
  #route: readonly string[] = []
  #invite: SipMessage | null = null
  #sequence = Math.floor(Math.random() * 1000) + 1
  #branch = ''
  #final = ''
  #media: Address | null = null
  #stream: NodeJS.Timeout | null = null
  #held = false
  #cancelled = false
  /** Keys that wait to be sent. */
  #keys = ''

  constructor(phone: Phone, direction: 'in' | 'out', dialog: { readonly callId: string, readonly local: string, readonly remote: string, readonly target: string }) {
    this.#phone = phone
    this.direction = direction
    this.callId = dialog.callId
    this.#local = dialog.local
    this.#remote = dialog.remote
    this.#target = dialog.target
    this.state = direction === 'in'
      ? 'arrived'
      : 'calling'
    const ringing = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<CallEnd>()
    this.ringing = ringing.promise
    this.answered = answered.promise
    this.ended = ended.promise
    // Not every test waits for an answer.
    this.answered.catch(() => {})
    this.#resolve = {
      ringing: ringing.resolve,
      answered: answered.resolve,
      unanswered: answered.reject,
      ended: ended.resolve,
    }
  }

  /** The other party as the phone would show it. */
  get peer(): { readonly name: string, readonly number: string } {
    return partyOf(this.#remote)
  }

  /** A header of the INVITE that brought this call, such as `call-info`; empty when it is not there. */
  header(name: string): string {
    return this.#invite
      ? headerOf(this.#invite, name.toLowerCase())
      : ''
  }

  ring(): void {
    if (this.state !== 'arrived')
      return
    this.state = 'ringing'
    this.#respond(180)
    this.#resolve.ringing()
  }

  answer(): void {
    if (!this.#invite || (this.state !== 'arrived' && this.state !== 'ringing'))
      return
    this.#readMedia(this.#invite.body)
    this.#respond(200, this.#description())
    this.#up()
  }

  refuse(status = 486): void {
    if (this.state !== 'arrived' && this.state !== 'ringing')
      return
    this.#respond(status)
    this.#end({ by: 'us', status, reason: '' })
  }

  /** Sends the caller elsewhere (302). */
  redirect(number: string): void {
    if (this.state !== 'arrived' && this.state !== 'ringing')
      return
    this.#respond(302, '', [
      ['Contact', `<sip:${number}@${this.#phone.server.host}:${this.#phone.server.port}>`],
    ])
    this.#end({ by: 'us', status: 302, reason: '' })
  }

  /** Ends the call in whatever state it is; resolves when it has ended. */
  async hangUp(): Promise<void> {
    if (this.state === 'ended')
      return
    if (this.state === 'answered') {
      void this.#request('BYE')
      this.#end({ by: 'us', status: null, reason: '' })
    }
    else if (this.direction === 'in') {
      this.refuse(603)
    }
    else {
      this.#cancelled = true
      void this.#phone.expect(`${this.#branch} CANCEL`).then(({ status }) => {
        // A server that was restarted knows nothing of this call.
        if (status >= 300)
          this.#end({ by: 'us', status, reason: '' })
      })
      this.#send('CANCEL', { branch: this.#branch, sequence: this.#sequence })
    }
    await this.ended
  }

  async hold(on = true): Promise<void> {
    this.#held = on
    const answer = await this.#request('INVITE', {
      body: this.#description(),
    })
    this.#send('ACK', { sequence: this.#sequence })
    if (answer.status >= 300)
      throw new Error(`hold was refused: ${answer.status}`)
  }

  get isOnHold(): boolean {
    return this.#held
  }

  /** Presses keys, one after the other. */
  press(keys: string): void {
    this.#keys += keys
  }

  /** Blind transfer by REFER. */
  async transfer(number: string): Promise<void> {
    const { server, user, at } = this.#phone
    const answer = await this.#request('REFER', {
      headers: [
        ['Refer-To', `<sip:${number}@${server.host}:${server.port}>`],
        ['Referred-By', `<sip:${user}@${at.host}>`],
      ],
    })
    if (answer.status >= 300)
      throw new Error(`the transfer was refused: ${answer.status}`)
  }

  /** Attended transfer by REFER: who is at the other end of this call takes my place in `other`. */
  async join(other: PhoneCall): Promise<void> {
    const { server, user, at } = this.#phone
    const dialog = `${other.callId};to-tag=${tagOf(other.#remote) ?? ''};from-tag=${tagOf(other.#local) ?? ''}`
    const answer = await this.#request('REFER', {
      headers: [
        ['Refer-To', `<sip:${partyOf(other.#remote).number}@${server.host}:${server.port}?Replaces=${encodeURIComponent(dialog)}>`],
        ['Referred-By', `<sip:${user}@${at.host}>`],
      ],
    })
    if (answer.status >= 300)
      throw new Error(`the transfer was refused: ${answer.status}`)
  }

  /** For the phone: an INVITE that came after the end. */
  repeat(invite: SipMessage): void {
    if (this.#final && this.#invite && headerOf(invite, 'cseq') === headerOf(this.#invite, 'cseq'))
      this.#phone.send(this.#final)
    else this.#phone.respond(invite, 481, { tag: tagOf(this.#local) })
  }

  /** For the phone: what came for this call. */
  receive(message: SipMessage): void {
    switch (message.method) {
      case 'INVITE':
        if (this.#invite && headerOf(message, 'cseq') === headerOf(this.#invite, 'cseq')) {
          if (this.#final)
            this.#phone.send(this.#final)
          return
        }
        this.#readMedia(message.body)
        this.#phone.respond(message, 200, {
          tag: tagOf(this.#local),
          body: this.#description(),
        })
        return
      case 'CANCEL':
        this.#phone.respond(message, 200, {
          tag: tagOf(this.#local),
        })
        if (this.state === 'answered' || this.state === 'ended')
          return
        this.#respond(487)
        this.#end({
          by: 'them',
          status: 487,
          reason: headerOf(message, 'reason'),
        })
        return
      case 'BYE':
        this.#phone.respond(message, 200, {
          tag: tagOf(this.#local),
        })
        this.#end({
          by: 'them',
          status: null,
          reason: headerOf(message, 'reason'),
        })
        return
      case 'NOTIFY':
        this.#phone.respond(message, 200, {
          tag: tagOf(this.#local),
        })
        if (headerOf(message, 'event') === 'talk')
          this.answer()
        return
      case 'ACK':
        return
      default:
        this.#phone.respond(message, 200, {
          tag: tagOf(this.#local),
        })
    }
  }

  /** For the phone: takes over an incoming INVITE. */
  arrive(invite: SipMessage): void {
    this.#invite = invite
    this.#route = headersOf(invite, 'record-route').toReversed()
    this.#phone.respond(invite, 100)
  }

  /** For the phone: calls, answering one challenge. */
  async call(authorization?: readonly [string, string]): Promise<void> {
    this.#branch = `z9hG4bK${id()}`
    const answer = await this.#request('INVITE', {
      branch: this.#branch,
      body: this.#description(),
      headers: authorization
        ? [authorization]
        : [],
      progress: (message) => {
        if (message.status === 180 && this.state === 'calling') {
          this.state = 'ringing'
          this.#resolve.ringing()
        }
      },
    })
    if (answer.status < 300) {
      this.#remote = headerOf(answer, 'to')
      this.#target = uriOf(headerOf(answer, 'contact')) || this.#target
      this.#route = headersOf(answer, 'record-route').toReversed()
      this.#readMedia(answer.body)
      this.#send('ACK', { sequence: this.#sequence })
      this.#up()
      if (this.#cancelled)
        await this.hangUp()
      return
    }
    const bare = this.#remote
    this.#remote = headerOf(answer, 'to')
    this.#send('ACK', { sequence: this.#sequence, branch: this.#branch })
    const credentials = authorization
      ? null
      : this.#phone.authorize(answer, 'INVITE', this.#target)
    if (credentials) {
      this.#remote = bare
      return this.call(credentials)
    }
    this.#end({
      by: this.#cancelled ? 'us' : 'them',
      status: answer.status,
      reason: headerOf(answer, 'reason'),
    })
  }

  /** For the phone: the media stops with it. */
  silence(): void {
    if (this.#stream)
      clearInterval(this.#stream)
    this.#stream = null
  }

  #respond(status: number, body = '', headers: readonly (readonly [string, string])[] = []): void {
    if (!this.#invite)
      return
    const text = this.#phone.respond(this.#invite, status, {
      tag: tagOf(this.#local),
      body,
      headers,
    })
    if (status >= 200)
      this.#final = text
  }

  #up(): void {
    if (this.state === 'ended')
      return
    this.state = 'answered'
    this.answeredAt = Date.now()
    this.#speak()
    this.#resolve.ringing()
    this.#resolve.answered()
  }

  #end(end: CallEnd): void {
    if (this.state === 'ended')
      return
    this.state = 'ended'
    this.endedAt = Date.now()
    this.end = end
    this.silence()
    this.#phone.forget(this)
    this.#resolve.unanswered(new Error(`the call ended without an answer (${end.status ?? 'hung up'})`))
    this.#resolve.ended(end)
  }

  #send(method: string, options: { readonly branch?: string, readonly sequence: number, readonly body?: string, readonly headers?: readonly (readonly [string, string])[] }): string {
    const { at, user } = this.#phone
    const branch = options.branch ?? `z9hG4bK${id()}`
    const remote = method === 'CANCEL'
      ? this.#remote.replace(/;tag=[^;]+/, '')
      : this.#remote
    const body = options.body ?? ''
    this.#phone.send(formatSip(`${method} ${this.#target} SIP/2.0`, [
      ['Via', `SIP/2.0/UDP ${at.host}:${at.port};branch=${branch};rport`],
      ['Max-Forwards', '70'],
      ['From', this.#local],
      ['To', remote],
      ['Call-ID', this.callId],
      ['CSeq', `${options.sequence} ${method}`],
      ['Contact', `<sip:${user}@${at.host}:${at.port}>`],
      ...this.#route.map(route => ['Route', route] as const),
      ['Allow', 'INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, OPTIONS'],
      ...(options.headers ?? []),
      ...(body
        ? [
            ['Content-Type', 'application/sdp'] as const,
          ]
        : []),
    ], body))
    return branch
  }

  #request(method: string, options: { readonly branch?: string, readonly body?: string, readonly headers?: readonly (readonly [string, string])[], readonly progress?: (message: SipMessage) => void } = {}): Promise<SipMessage> {
    this.#sequence += 1
    const branch = options.branch ?? `z9hG4bK${id()}`
    const answer = this.#phone.expect(`${branch} ${method}`, options.progress)
    this.#send(method, { ...options, branch, sequence: this.#sequence })
    return answer
  }

  #description(): string {
    const { at, mediaPort } = this.#phone
    return `v=0\r\no=- 1 ${this.#sequence} IN IP4 ${at.host}\r\ns=-\r\nc=IN IP4 ${at.host}\r\nt=0 0\r\nm=audio ${mediaPort} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=${this.#held ? 'sendonly' : 'sendrecv'}\r\n`
  }

  #readMedia(description: string): void {
    const host = /^c=IN IP4 (\S+)/m.exec(description)?.[1]
    const port = Number(/^m=audio (\d+)/m.exec(description)?.[1])
    if (host && port)
      this.#media = { host, port }
  }

  /** A quiet tone every 20 ms, so that Asterisk has something to record, or the keys that are pressed. */
  #speak(): void {
    if (this.#stream)
      return
    const source = Math.floor(Math.random() * 2 ** 31)
    const tone = Buffer.from(Array.from({ length: 160 }, (_, at) => at + 12 & 16
      ? 0x9E
      : 0x1E))
    let count = 0
    let keyCount = 0
    this.#stream = setInterval(() => {
      if (!this.#media || this.#held)
        return
      count += 1
      const [key] = this.#keys
      const isPause = keyCount >= KEY_PACKETS.length
      const isKey = key !== undefined && !isPause
      const header = Buffer.alloc(12)
      header[0] = 0x80
      header[1] = isKey
        ? 101 | (keyCount === 0 ? 0x80 : 0)
        : 0
      header.writeUInt16BE(count & 0xFFFF, 2)
      // All packets of a key bear the time of its first.
      header.writeUInt32BE((isKey ? count - keyCount : count) * 160 >>> 0, 4)
      header.writeUInt32BE(source, 8)
      this.#phone.sendMedia(Buffer.concat([
        header,
        isKey
          ? keyPayload(key, keyCount)
          : tone,
      ]), this.#media)
      if (key === undefined)
        return
      keyCount += 1
      if (keyCount < 2 * KEY_PACKETS.length)
        return
      keyCount = 0
      this.#keys = this.#keys.slice(1)
    }, 20)
  }
}

export class Phone {
  readonly user: string
  readonly at: Address
  readonly server: Address
  readonly mediaPort: number
  behaviour: Behaviour
  /** Every call since the phone was last as new, oldest first. */
  readonly history: PhoneCall[] = []
  /** The newest count of waiting messages that the server announced to this phone, as `1/0` (new/old), or null. */
  messages: string | null = null
  readonly #password: string | undefined
  readonly #signalling: Socket
  readonly #media: Socket
  readonly #calls = new Map<string, PhoneCall>()
  readonly #ended = new Map<string, PhoneCall>()
  readonly #answers = new Map<string, (message: SipMessage) => void>()
  readonly #arrived: PhoneCall[] = []
  readonly #waiting: ((call: PhoneCall) => void)[] = []
  #registerSequence = 0
  readonly #registerId = id(8)

  constructor(options: PhoneOptions, signalling: Socket, media: Socket) {
    this.user = options.user
    this.at = { host: options.at.host, port: signalling.address().port }
    this.server = options.server
    this.behaviour = options.behaviour ?? 'ring'
    this.#password = options.password
    this.#signalling = signalling
    this.#media = media
    this.mediaPort = media.address().port
    // An empty reader: what nobody reads fills the socket's buffer.
    media.on('message', () => {})
    signalling.on('message', (bytes) => {
      // Keep-alives are a few bytes.
      if (bytes.length > 8)
        this.#receive(parseSip(bytes.toString('utf8')))
    })
  }

  /** Whether a call came that nobody asked for yet. */
  get hasArrived(): boolean {
    return this.#arrived.length > 0
  }

  /** The next call that comes in, or came and was not asked for yet. */
  nextCall(): Promise<PhoneCall> {
    const call = this.#arrived.shift()
    return call
      ? Promise.resolve(call)
      : new Promise(resolve => this.#waiting.push(resolve))
  }

  /** Calls a number; `from` is the caller ID where the server lets the phone choose it (a trunk). */
  dial(number: string, from: { readonly name?: string, readonly number?: string } = {}): PhoneCall {
    const call = new PhoneCall(this, 'out', {
      callId: id(8),
      local: `${from.name
        ? `${quote(from.name)} `
        : ''}<sip:${from.number ?? this.user}@${this.at.host}>;tag=${id()}`,
      remote: `<sip:${number}@${this.server.host}:${this.server.port}>`,
      target: `sip:${number}@${this.server.host}:${this.server.port}`,
    })
    this.#calls.set(call.callId, call)
    this.history.push(call)
    void call.call()
    return call
  }

  /** Registers (or, with 0 seconds, leaves); answers the SIP status. */
  async register(seconds = 300): Promise<number> {
    const target = `sip:${this.server.host}:${this.server.port}`
    const attempt = async (authorization?: readonly [string, string]): Promise<SipMessage> => {
      this.#registerSequence += 1
      const branch = `z9hG4bK${id()}`
      const answer = this.expect(`${branch} REGISTER`)
      this.send(formatSip(`REGISTER ${target} SIP/2.0`, [
        ['Via', `SIP/2.0/UDP ${this.at.host}:${this.at.port};branch=${branch};rport`],
        ['Max-Forwards', '70'],
        ['From', `<sip:${this.user}@${this.server.host}>;tag=${id()}`],
        ['To', `<sip:${this.user}@${this.server.host}>`],
        ['Call-ID', this.#registerId],
        ['CSeq', `${this.#registerSequence} REGISTER`],
        ['Contact', `<sip:${this.user}@${this.at.host}:${this.at.port}>`],
        [
          'Expires',
          String(seconds),
        ],
        ...(authorization
          ? [authorization]
          : []),
      ]))
      return answer
    }
    const first = await attempt()
    const authorization = this.authorize(first, 'REGISTER', target)
    return (authorization
      ? await attempt(authorization)
      : first).status
  }

  /** What is going on at the phone, oldest first. */
  get calls(): readonly PhoneCall[] {
    return [...this.#calls.values()]
  }

  /** Ends the calls that the phone made. */
  async giveUp(): Promise<void> {
    await Promise.all([...this.#calls.values()].filter(call => call.direction === 'out').map(call => call.hangUp()))
  }

  /** Ends every call and forgets those that nobody asked for: the phone is as when it was plugged in. */
  async reset(): Promise<void> {
    this.behaviour = 'ring'
    await Promise.all([...this.#calls.values()].map(call => call.hangUp()))
    this.history.length = 0
    this.#arrived.length = 0
    this.#waiting.length = 0
  }

  /** Hangs up nothing, says nothing: the phone is unplugged. */
  async stop(): Promise<void> {
    for (const call of this.#calls.values()) call.silence()
    await Promise.all([this.#signalling, this.#media].map(socket => new Promise<void>(done => socket.close(() => done()))))
  }

  /** For a call: sends to the server. */
  send(text: string): void {
    this.#signalling.send(text, this.server.port, this.server.host)
  }

  /** For a call. */
  sendMedia(packet: Buffer, to: Address): void {
    this.#media.send(packet, to.port, to.host)
  }

  /** For a call: the final answer to a request of this branch. */
  expect(transaction: string, progress?: (message: SipMessage) => void): Promise<SipMessage> {
    return new Promise((resolve) => {
      this.#answers.set(transaction, (message) => {
        if (message.status < 200) {
          progress?.(message)
          return
        }
        this.#answers.delete(transaction)
        resolve(message)
      })
    })
  }

  /** For a call: answers a request, and returns the text for a repetition. */
  respond(request: SipMessage, status: number, options: { readonly tag?: string | null, readonly body?: string, readonly headers?: readonly (readonly [string, string])[] } = {}): string {
    const to = headerOf(request, 'to')
    const headers = options.headers ?? []
    const text = formatSip(`SIP/2.0 ${status} ${REASONS[status] ?? 'Refused'}`, [
      ...headersOf(request, 'via').map(value => ['Via', value] as const),
      ...headersOf(request, 'record-route').map(value => ['Record-Route', value] as const),
      [
        'From',
        headerOf(request, 'from'),
      ],
      [
        'To',
        status === 100 || tagOf(to)
          ? to
          : `${to};tag=${options.tag ?? id(4)}`,
      ],
      [
        'Call-ID',
        headerOf(request, 'call-id'),
      ],
      [
        'CSeq',
        headerOf(request, 'cseq'),
      ],
      ...(headers.some(([name]) => name === 'Contact')
        ? []
        : [
            ['Contact', `<sip:${this.user}@${this.at.host}:${this.at.port}>`] as const,
          ]),
      ...headers,
      ...(options.body
        ? [
            ['Content-Type', 'application/sdp'] as const,
          ]
        : []),
    ], options.body)
    this.send(text)
    return text
  }

  /** For a call. */
  forget(call: PhoneCall): void {
    this.#calls.delete(call.callId)
    this.#ended.set(call.callId, call)
  }

  /** For a call: the header that answers a challenge, or null when there is none or no password. */
  authorize(challenge: SipMessage, method: string, uri: string): readonly [string, string] | null {
    if ((challenge.status !== 401 && challenge.status !== 407) || this.#password === undefined)
      return null
    const text = headerOf(challenge, challenge.status === 401
      ? 'www-authenticate'
      : 'proxy-authenticate')
    const part = (name: string): string => new RegExp(`\\b${name}="?([^",]+)"?`).exec(text)?.[1] ?? ''
    const [realm, nonce, opaque, nonceCount, clientNonce] = [
      part('realm'),
      part('nonce'),
      part('opaque'),
      '00000001',
      id(4),
    ]
    const response = md5(`${md5(`${this.user}:${realm}:${this.#password}`)}:${nonce}:${nonceCount}:${clientNonce}:auth:${md5(`${method}:${uri}`)}`)
    return [
      challenge.status === 401
        ? 'Authorization'
        : 'Proxy-Authorization',
      `Digest username="${this.user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, opaque="${opaque}", qop=auth, nc=${nonceCount}, cnonce="${clientNonce}"`,
    ]
  }

  #receive(message: SipMessage): void {
    if (message.status > 0) {
      const branch = /branch=([^;]+)/.exec(headerOf(message, 'via'))?.[1] ?? ''
      this.#answers.get(`${branch} ${headerOf(message, 'cseq').split(' ')[1] ?? ''}`)?.(message)
      return
    }
    const call = this.#calls.get(headerOf(message, 'call-id'))
    if (call) {
      call.receive(message)
      return
    }
    const ended = this.#ended.get(headerOf(message, 'call-id'))
    if (message.method === 'INVITE') {
      // A server that waited too long for an answer says it again: that is no other call.
      if (ended)
        ended.repeat(message)
      else this.#accept(message)
      return
    }
    if (message.method === 'ACK')
      return
    this.respond(message, 200)
    const waiting = /^Voice-Message:\s*(\d+\/\d+)/im.exec(message.body)?.[1]
    if (message.method === 'NOTIFY' && waiting)
      this.messages = waiting
  }

  #accept(invite: SipMessage): void {
    const call = new PhoneCall(this, 'in', {
      callId: headerOf(invite, 'call-id'),
      local: `${headerOf(invite, 'to')};tag=${id(4)}`,
      remote: headerOf(invite, 'from'),
      target: uriOf(headerOf(invite, 'contact')),
    })
    this.#calls.set(call.callId, call)
    this.history.push(call)
    call.arrive(invite)
    if (this.behaviour === 'ring' || this.behaviour === 'answer')
      call.ring()
    if (this.behaviour === 'answer')
      call.answer()
    if (typeof this.behaviour === 'object')
      call.refuse(this.behaviour.refuse)
    const waiting = this.#waiting.shift()
    if (waiting)
      waiting(call)
    else this.#arrived.push(call)
  }
}

/** Plugs a phone in. */
export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const signalling = await bind(options.at.host, options.at.port)
  return new Phone(options, signalling, await bind(options.at.host, 0))
}
