declare const brand: unique symbol

/** A string that cannot stand for another kind of id by accident. */
type Id<Name extends string> = string & { readonly [brand]: Name }

/** One channel, that is one leg. Opaque text: it may carry a system name or be any text given to Originate. */
export type Uniqueid = Id<'Uniqueid'>
/** All the legs of one call: the uniqueid of its oldest channel. Sent by Asterisk 13.5 and later; it may change to an older one. */
export type Linkedid = Id<'Linkedid'>
/** Our name of a call: its first linkedid, or the uniqueid of the root of its dial graph. Stable for the life of the call. */
export type CallId = Id<'CallId'>
export type BridgeId = Id<'BridgeId'>
/** `TECH/name`, for instance `PJSIP/1001`; compared without regard to case. */
export type DeviceName = Id<'DeviceName'>
