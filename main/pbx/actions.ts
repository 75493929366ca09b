/** What the desk asks of the PBX, in no dialect: `main/ami/translate` knows how each server wants it said. */
export type PbxAction
  /** Rings `channel` first; once that is answered it runs `exten` in `context`. Always asynchronous. */
  = | {
    readonly do: 'originate'
    readonly channel: string
    readonly context: string
    readonly exten: string
    readonly priority: number
    /** Whom my phone shows while it rings, and whose caller ID the far end must not see. */
    readonly target: { readonly number: string, readonly name: string | null }
    readonly timeoutMs: number
    /** Becomes the uniqueid of the new channel where the server takes one (12.2 and later). */
    readonly channelId: string
    readonly account: string | null
  }
  /** `cause` is a Q.850 number (17 busy, 21 declined); servers before 1.8 ignore it. */
  | { readonly do: 'hangup', readonly channel: string, readonly cause: number | null }
  | { readonly do: 'redirect', readonly channel: string, readonly context: string, readonly exten: string, readonly priority: number }
