import type { Server } from './socket-error.ts'
import { AppError } from '../../errors.ts'
import { nameOf } from './socket-error.ts'

/** What a person sees of a certificate before trusting it. */
interface CertificateFacts {
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  /** ISO 8601. */
  readonly validFrom: string
  readonly validTo: string
}

/** The part of Node's peer certificate that we read. */
interface PeerCertificate {
  readonly fingerprint256: string
  readonly subject: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly issuer: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly valid_from: string
  readonly valid_to: string
}

export function factsOf(certificate: PeerCertificate): CertificateFacts {
  return {
    fingerprint: certificate.fingerprint256,
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    validFrom: isoDate(certificate.valid_from),
    validTo: isoDate(certificate.valid_to),
  }
}

/**
 * Why this certificate must not be talked to, or null. With a pin the pin decides alone: it was trusted by a person, so
 * neither authority nor name nor date matter; without one the authorities and the host name decide, and their verdict is `distrust`.
 */
export function judge(certificate: CertificateFacts, pin: string | null, distrust: string | null, server: Server): AppError | null {
  if (pin !== null) {
    if (normalized(pin) === normalized(certificate.fingerprint))
      return null
    return new AppError('certificate-changed', `${nameOf(server)} shows another certificate than the one that was trusted`, {
      details: { ...server, ...certificate, expected: pin, actual: certificate.fingerprint },
    })
  }
  if (distrust === null)
    return null
  return new AppError('certificate-untrusted', `The certificate of ${nameOf(server)} is not trusted: ${distrust}`, {
    details: { ...server, ...certificate, why: distrust },
  })
}

function normalized(fingerprint: string): string {
  return fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase()
}

/** `CN=pbx.example, O=Example`. */
function distinguishedName(name: PeerCertificate['subject']): string {
  return Object.entries(name)
    .flatMap(([type, value]) => [value ?? []].flat().map(each => `${type}=${each}`))
    .join(', ')
}

/** The date as the certificate has it where it is no date. */
function isoDate(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString()
}
