import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeCall, readBoolean, readStrings } from '../../../main/shell/linux/bus-message.ts'
import { socketPath } from '../../../main/shell/linux/sni-tray-host.ts'

/** What dbus-daemon 1.14 sent after Hello, AddMatch and NameHasOwner, and when a tray host came. */
const ANSWERS = Buffer.from([
  '6c02010109000000010000003d00000006017300040000003a312e30000000000501750001000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3000',
  '6c04010109000000020000008d00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d654163717569726564000000000601',
  '7300040000003a312e3000000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e30006c02010100000000030000003500000006017300040000003a312e3000000000050175000200000007017300',
  '140000006f72672e667265656465736b746f702e44427573000000006c02010104000000040000003d00000006017300040000003a312e30000000000501750003000000080167000162000007017300140000006f72672e667265656465736b746f702e44427573000000',
  '0000000000',
].join(''), 'hex')
const CHANGED = Buffer.from([
  '6c04010135000000050000008900000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e444275730000000003017300100000004e616d654f776e65724368616e676564000000',
  '000000000007017300140000006f72672e667265656465736b746f702e4442757300000000080167000373737300000000000000001d0000006f72672e6b64652e5374617475734e6f746966696572576174636865720000000000000000000000040000003a312e3100',
].join(''), 'hex')

function all(bytes: Buffer) {
  const messages = []
  let rest = bytes
  for (let next = decodeMessage(rest); next !== null; next = decodeMessage(rest)) {
    messages.push(next.message)
    rest = rest.subarray(next.taken)
  }
  return { messages, left: rest.length }
}

describe('a message of the session bus', () => {
  it('is written as the bus understood it', () => {
    expect(encodeCall({ serial: 3, member: 'NameHasOwner', argument: 'org.kde.StatusNotifierWatcher' }).toString('hex')).toBe(
      '6c01000122000000030000007f00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d654861734f776e6572000000000601730014'
      + '0000006f72672e667265656465736b746f702e444275730000000008016700017300001d0000006f72672e6b64652e5374617475734e6f7469666965725761746368657200',
    )
  })

  it('is read one after another', () => {
    const { left, messages } = all(ANSWERS)
    expect({ left, read: messages.map(({ type, member, replyTo, signature }) => [type, member, replyTo, signature]) }).toEqual({
      left: 0,
      read: [['answer', null, 1, 's'], ['signal', 'NameAcquired', null, 's'], ['answer', null, 2, ''], ['answer', null, 3, 'b']],
    })
    expect(messages.slice(-1).map(readBoolean)).toEqual([false])
  })

  it('tells who owns a name now', () => {
    expect(all(CHANGED).messages.map(message => readStrings(message, 3))).toEqual([['org.kde.StatusNotifierWatcher', '', ':1.1']])
  })

  it('waits for its end, wherever the stream is cut', () => {
    for (let end = 0; end < CHANGED.length; end++)
      expect(decodeMessage(CHANGED.subarray(0, end))).toBeNull()
  })

  it('is not waited for when it says it is endless', () => {
    expect(() => decodeMessage(Buffer.alloc(16, 0xFF))).toThrow('too long')
  })
})

describe('the address of the session bus', () => {
  it.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x%20y,guid=1' }, '\0/tmp/dbus-x y'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=h;unix:guid=5,path=/b' }, '/b'],
    [{ XDG_RUNTIME_DIR: '/run/user/5' }, '/run/user/5/bus'],
    [{}, null],
    [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, null],
  ])('of %o is %j', (env, path) => {
    expect(socketPath(env)).toBe(path)
  })
})
