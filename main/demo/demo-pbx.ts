/** A small office that speaks AMI on loopback. */
export interface DemoPbx {
  /** Listens on a free port of 127.0.0.1. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Known once it has started. */
  readonly port: number
  readonly username: string
  readonly secret: string
}
