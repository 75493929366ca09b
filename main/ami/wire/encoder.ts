import type { EncoderLimits } from './limits.ts'
import type { Fields, FieldValue } from './message.ts'
import { AppError } from '../../errors.ts'
import { modernEncoderLimits } from './limits.ts'

type Header = readonly [name: string, value: FieldValue]

/** Printable ASCII without blanks and colons. */
const HEADER_NAME = /^(?:(?!:)[\x21-\x7E])+$/
/** Control characters, and the two separators that some readers of text take for a line end. */
// eslint-disable-next-line no-control-regex -- these are what must not pass
const UNSAFE = /[\0-\x1F\x7F\u2028\u2029]/

const utf8 = new TextEncoder()

/**
 * The bytes of an action, or an `AppError` before there are any: `unsafe-value` for what could become a second header or
 * action, `line-too-long`, `too-many-headers`. Numbers and booleans are written as JavaScript writes them.
 */
export function encodeAction(name: string, fields: Fields, actionId: string | null, limits: EncoderLimits = modernEncoderLimits): Uint8Array {
  if (!HEADER_NAME.test(name))
    throw new AppError('unsafe-value', 'The name of an action must be printable ASCII without blanks')
  const headers: Header[] = [['Action', name]]
  if (actionId !== null)
    headers.push(['ActionID', actionId])
  for (const [header, value] of Object.entries(fields)) {
    // The server takes the first of two; nobody may rely on which.
    if (/^action(?:id)?$/i.test(header))
      throw new AppError('unsafe-value', `"${header}" is not a field of an action`)
    for (const item of listOf(value))
      headers.push([header, item])
  }
  return encode(headers, limits)
}

/** What a server sends: an answer or an event, as the first header says. No limit: clients set their own. */
export function encodePacket(headers: readonly Header[]): Uint8Array {
  const [first] = headers
  if (first === undefined)
    throw new AppError('unsafe-value', 'A packet without headers is none')
  // After this word a client reads on until the end mark of a command's output.
  if (/^response$/i.test(first[0]) && first[1] === 'Follows')
    throw new AppError('unsafe-value', 'Output of a command is sent as Output headers')
  return encode(headers, null)
}

function listOf(value: Fields[string]): readonly FieldValue[] {
  if (value === undefined)
    return []
  return typeof value === 'object' ? value : [value]
}

function encode(headers: readonly Header[], limits: EncoderLimits | null): Uint8Array {
  if (limits && headers.length > limits.headers)
    throw new AppError('too-many-headers', `${headers.length} headers; the server reads ${limits.headers}`, { details: { headers: headers.length, limit: limits.headers } })

  let text = ''
  for (const [name, value] of headers) {
    const line = `${checkedName(name)}: ${checkedValue(name, value)}`
    if (limits && utf8.encode(line).length > limits.lineBytes)
      throw new AppError('line-too-long', `Header ${name} is longer than the ${limits.lineBytes} bytes that the server reads`, { details: { header: name, limit: limits.lineBytes } })
    text += `${line}\r\n`
  }
  return utf8.encode(`${text}\r\n`)
}

function checkedName(name: string): string {
  if (!HEADER_NAME.test(name))
    throw new AppError('unsafe-value', 'The name of a header must be printable ASCII without blanks and colons')
  return name
}

function checkedValue(name: string, value: FieldValue): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new AppError('unsafe-value', `Header ${name} is not a finite number`, { details: { header: name } })
  const text = String(value)
  if (UNSAFE.test(text))
    throw new AppError('unsafe-value', `Header ${name} holds a line end or another control character`, { details: { header: name } })
  if (!text.isWellFormed())
    throw new AppError('unsafe-value', `Header ${name} holds half a character`, { details: { header: name } })
  return text
}
