import type { Socket } from 'node:net'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Eyes on an X screen: they see what people would, whatever program drew it. */
export interface Screen {
  /** The moment (of `performance.now`) by which the area is seen to fit; looks only when something is drawn. */
  readonly until: (area: Area, fits: (pixels: Uint32Array) => boolean, timeoutMs?: number) => Promise<number>
  readonly close: () => void
}

const GET_IMAGE = 73
const QUERY_EXTENSION = 98
const Z_PIXMAP = 2
const REPLY = 1
const ERROR = 0
const NON_EMPTY = 3
const DAMAGE = { queryVersion: 0, create: 1, subtract: 3 }

/** Opens the screen of a display of this machine, `:7`. */
export async function openScreen(display: string): Promise<Screen> {
  const socket = createConnection(`/tmp/.X11-unix/X${display.slice(1)}`)
  await once(socket, 'connect')
  const wire = new Wire(socket)
  const { root, ownIds } = await wire.begin()
  const name = Buffer.from('DAMAGE')
  const extension = await wire.ask(request(QUERY_EXTENSION, 0, uint16(name.length, 0), pad(name)))
  const damage = extension[9] ?? 0
  if (extension[8] !== 1)
    throw new Error(`display ${display} does not tell what is drawn (no DAMAGE)`)
  await wire.ask(request(damage, DAMAGE.queryVersion, uint32(1, 1)))
  wire.tell(request(damage, DAMAGE.create, uint32(ownIds, root, NON_EMPTY)))

  async function look({ x, y, width, height }: Area): Promise<Uint32Array> {
    const reply = await wire.ask(request(GET_IMAGE, Z_PIXMAP, uint32(root), uint16(x, y, width, height), uint32(0xFFFFFFFF)))
    return new Uint32Array(reply.buffer.slice(reply.byteOffset + 32, reply.byteOffset + 32 + width * height * 4))
  }

  return {
    async until(area, fits, timeoutMs = 20_000) {
      const signal = AbortSignal.timeout(timeoutMs)
      for (;;) {
        // From here on new drawing is told anew.
        wire.tell(request(damage, DAMAGE.subtract, uint32(ownIds, 0, 0)))
        const drawn = once(wire.events, 'event', { signal }).then(() => true, () => false)
        if (fits(await look(area)))
          return performance.now()
        if (!await drawn)
          throw new Error(`the screen did not show what was waited for within ${timeoutMs} ms`)
      }
    },
    close: () => socket.destroy(),
  }
}

/** Whether there is more to see than a plain ground: letters have many shades. */
export function isPainted(pixels: Uint32Array): boolean {
  return new Set(pixels).size >= 16
}

export function isPlain(pixels: Uint32Array): boolean {
  return new Set(pixels).size === 1
}

/** One connection of the X protocol, as much of it as looking takes. */
class Wire {
  readonly events = new EventTarget()
  readonly #socket: Socket
  readonly #waiting: { readonly done: (reply: Buffer) => void, readonly fail: (error: Error) => void }[] = []
  #bytes = Buffer.alloc(0)
  #begun: ((setup: Buffer) => void) | null = null

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      this.#read()
    })
    socket.on('close', () => {
      for (const { fail } of this.#waiting.splice(0)) fail(new Error('the display has gone'))
    })
  }

  /** Says hello; answers the root window of the first screen and the first id that is ours to give. */
  async begin(): Promise<{ readonly root: number, readonly ownIds: number }> {
    const setup = await new Promise<Buffer>((done) => {
      this.#begun = done
      this.#socket.write(Buffer.concat([Buffer.from('l\0'), uint16(11, 0, 0, 0, 0)]))
    })
    if (setup[0] !== 1)
      throw new Error(`the display refuses us: ${setup.toString('latin1', 8)}`)
    const vendor = setup.readUInt16LE(24)
    const formats = setup[29] ?? 0
    return { root: setup.readUInt32LE(40 + Math.ceil(vendor / 4) * 4 + formats * 8), ownIds: setup.readUInt32LE(12) }
  }

  tell(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  ask(bytes: Buffer): Promise<Buffer> {
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail })
      this.tell(bytes)
    })
  }

  #read(): void {
    for (;;) {
      const bytes = this.#bytes
      if (this.#begun !== null) {
        const length = bytes.length < 8 ? Infinity : 8 + bytes.readUInt16LE(6) * 4
        if (bytes.length < length)
          return
        this.#bytes = bytes.subarray(length)
        this.#begun(bytes.subarray(0, length))
        this.#begun = null
        continue
      }
      if (bytes.length < 32)
        return
      const length = 32 + (bytes[0] === REPLY ? bytes.readUInt32LE(4) * 4 : 0)
      if (bytes.length < length)
        return
      this.#bytes = bytes.subarray(length)
      this.#hear(bytes.subarray(0, length))
    }
  }

  #hear(packet: Buffer): void {
    if (packet[0] === REPLY)
      this.#waiting.shift()?.done(packet)
    else if (packet[0] === ERROR)
      this.#waiting.shift()?.fail(new Error(`X error ${packet[1]} of request ${packet[10]}`))
    else
      this.events.dispatchEvent(new Event('event'))
  }
}

function request(opcode: number, detail: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([opcode, detail]), uint16(1 + body.length / 4), body])
}

function pad(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - bytes.length % 4) % 4)])
}

function uint16(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => {
    const bytes = Buffer.alloc(2)
    bytes.writeUInt16LE(value)
    return bytes
  }))
}

function uint32(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    return bytes
  }))
}
