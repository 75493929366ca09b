/**
 * One packet of the Manager Interface.
 *
 * Header names are looked up without regard to case (`Uniqueid`, `UniqueID` and `UniqueId` all occur on the wire) and
 * values are exactly what stood behind the colon, less the one blank: they are never converted, because `.10`, `007`
 * and `<unknown>` mean something. A value is a string of its own: keeping it does not keep the network chunk alive.
 */
export interface Message {
  /**
   * Decided by the first header alone: an `OriginateResponse` event carries `Response:` too, and a `UserEvent` may
   * carry `Action:`. An `ActionID` may stand above an `Event`. `text` is a packet without such a first header: raw tables
   * as `Queues` and `IAXpeers` send them.
   */
  readonly kind: 'event' | 'response' | 'action' | 'text'
  /** Name of the event or action, or the word behind `Response:`; empty for `text`. */
  readonly name: string
  /** First value of a header; one that is spelled as asked goes before others, should a packet have both. */
  get: (header: string) => string | undefined
  /** All values of a repeated header (`Variable`, `ChanVariable`, `Output`), in order. */
  all: (header: string) => readonly string[]
  /** Every header in order, spelled as it came. */
  entries: () => readonly (readonly [name: string, value: string])[]
  /**
   * Lines of command output in either framing (`Response: Follows` … `--END COMMAND--` up to 13, `Output:` headers
   * from 14), or the lines of a `text` packet; null where the packet has none.
   */
  readonly output: readonly string[] | null
  /** The packet as it came, decoded as UTF-8, for the trace and for error reports. */
  raw: () => string
}

/** What an action carries besides its name: a list writes the header once for each item, in order. */
export type Fields = Readonly<Record<string, FieldValue | readonly FieldValue[] | undefined>>
export type FieldValue = string | number | boolean
