/** What a decoder takes before it gives the stream up, so that a broken or hostile peer costs a known amount of memory. */
export interface Limits {
  readonly bannerBytes: number
  /** A line with its name; `GetConfigJSON` answers with one line however large the file is. */
  readonly lineBytes: number
  readonly headers: number
  readonly messageBytes: number
}

export const decoderLimits: Limits = {
  bannerBytes: 1024,
  lineBytes: 4 * 1024 * 1024,
  headers: 250_000,
  messageBytes: 16 * 1024 * 1024,
}

/** What a server reads of an action. More is not an error there in every release: before 1.8.18 the rest of a long line was read as a new header. */
export interface EncoderLimits {
  /** UTF-8 bytes of a line with its name and without its line end. */
  readonly lineBytes: number
  readonly headers: number
}

/** Asterisk 1.4 and later read 1,024 bytes a line and 128 headers. */
export const modernEncoderLimits: EncoderLimits = { lineBytes: 1000, headers: 120 }

/** Asterisk before 1.4 reads 256 bytes a line and 80 headers. */
export const legacyEncoderLimits: EncoderLimits = { lineBytes: 250, headers: 75 }
