import { expect, it } from 'vitest'
import { bytesToText, decodeText } from '../../../main/ami/wire/text.ts'

const wire = (text: string): string => bytesToText(new TextEncoder().encode(text))

it('reads the beginning of a name that Asterisk 16 has cut inside a character', () => {
  const bytes = wire('電'.repeat(27))
  expect(decodeText(bytes.slice(0, 79))).toBe(`${'電'.repeat(26)}\uFFFD`)
})

it('takes a single accent at the end of plain letters for Latin-1', () => {
  expect(decodeText('Caf\xE9')).toBe('Café')
})

it('takes a name for Latin-1 as soon as anything but its end is not UTF-8', () => {
  expect(decodeText(`M\xFCller ${wire('é').slice(0, 1)}`)).toBe('Müller Ã')
})
