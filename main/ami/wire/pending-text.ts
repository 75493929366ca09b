/** Pieces below this length are put together at once, so that a stream of single bytes costs its bytes and not an object for each. */
const PIECE_LENGTH = 4096

/** The part of a packet that is there: grows in linear time however small the pieces are, and knows its end. */
export class PendingText {
  readonly #tailLength: number
  #pieces: string[] = []
  #small = ''
  #length = 0
  #lineLength = 0
  #tail = ''

  constructor(tailLength: number) {
    this.#tailLength = tailLength
  }

  get length(): number {
    return this.#length
  }

  /** The length of the last line, which has no end yet. */
  get lineLength(): number {
    return this.#lineLength
  }

  get tail(): string {
    return this.#tail
  }

  add(text: string): void {
    this.#length += text.length
    const lineFeed = text.lastIndexOf('\n')
    this.#lineLength = lineFeed === -1 ? this.#lineLength + text.length : text.length - lineFeed - 1
    this.#tail = (text.length < this.#tailLength ? this.#tail + text : text).slice(-this.#tailLength)
    this.#small += text
    if (this.#small.length >= PIECE_LENGTH) {
      this.#pieces.push(flat(this.#small))
      this.#small = ''
    }
  }

  /** All of it with `last` behind it, and nothing is left. */
  take(last: string): string {
    const whole = flat([...this.#pieces, this.#small, last].join(''))
    this.#pieces = []
    this.#small = ''
    this.#length = 0
    this.#lineLength = 0
    this.#tail = ''
    return whole
  }
}

/** A search makes one string of the many that a sum consists of. */
function flat(text: string): string {
  text.indexOf('\n')
  return text
}
