import { screen, within } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>

/** A database that does what it is asked. */
async function astdb(): Promise<Opened & { readonly entries: Map<string, string> }> {
  const entries = new Map([['/CF/1001', '1002'], ['/DEVICE/1001/dial', 'PJSIP/1001'], ['/DEVICE/1002/dial', 'PJSIP/1002']])
  const window = await openAdmin({}, (bridge) => {
    bridge.answer('admin.db.tree', () => ok([...entries].map(([key, value]) => ({ key, value }))))
    bridge.answer('admin.db.get', ({ family, key }) => ok({ value: entries.get(`/${family}/${key}`) ?? null }))
    bridge.answer('admin.db.put', ({ confirmed, family, key, value }) => {
      if (!confirmed)
        return failed('needs-confirmation', `/${family}/${key}`, { action: 'DBPut', what: `/${family}/${key}` })
      entries.set(`/${family}/${key}`, value)
      return ok(undefined)
    })
    bridge.answer('admin.db.delete', ({ confirmed, family, key }) => {
      if (!confirmed)
        return failed('needs-confirmation', `/${family}/${key}`, { action: 'DBDel', what: `/${family}/${key}` })
      for (const path of [...entries.keys()].filter(path => key === '' ? path.startsWith(`/${family}/`) : path === `/${family}/${key}`))
        entries.delete(path)
      return ok(undefined)
    })
  })
  await window.user.click(screen.getByRole('button', { name: 'AstDB' }))
  await window.pass()
  return { ...window, entries }
}
const families = (): HTMLElement => screen.getByRole('navigation', { name: 'Families' })
const yes = (): HTMLElement => within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' })

it('shows families with their counts, and the entries of one', async () => {
  const { user } = await astdb()
  expect(within(families()).getAllByRole('button').map(button => button.textContent?.trim())).toEqual(['All3', 'CF1', 'DEVICE2'])
  await user.click(within(families()).getByText('DEVICE'))
  expect(screen.getByText('2 entries')).toBeTruthy()
  expect(screen.queryByText('/CF/1001')).toBeNull()
})

it('filters keys and values', async () => {
  const { user } = await astdb()
  await user.type(screen.getByLabelText('Filter'), 'pjsip/1002')
  expect(screen.getByText('/DEVICE/1002/dial')).toBeTruthy()
  expect(screen.getByText('1 entry')).toBeTruthy()
})

it('looks one up by name and says when it is not there', async () => {
  const { pass, user } = await astdb()
  await user.type(screen.getByLabelText('Family'), 'DND')
  await user.type(screen.getByLabelText('Key'), '1001')
  await user.click(screen.getByRole('button', { name: 'Look up' }))
  await pass()
  expect(screen.getByText('There is no /DND/1001.')).toBeTruthy()
})

it('writes after a question that names the entry, and says so once it was read back', async () => {
  const { entries, pass, user } = await astdb()
  await user.type(screen.getByLabelText('Family'), 'DND')
  await user.type(screen.getByLabelText('Key'), '1003')
  await user.type(screen.getByLabelText('Value'), 'YES')
  await user.click(screen.getByRole('button', { name: 'Write' }))
  expect(screen.getByRole('alertdialog').textContent).toContain('/DND/1003')
  expect(entries.has('/DND/1003')).toBe(false)
  await user.click(yes())
  await pass()
  expect(entries.get('/DND/1003')).toBe('YES')
  expect(screen.getByText('/DND/1003 is written.')).toBeTruthy()
})

it('changes an entry: family and key are taken apart at the last stroke', async () => {
  const { bridge, user } = await astdb()
  await user.click(screen.getByRole('button', { name: 'Change /DEVICE/1001/dial' }))
  await user.clear(screen.getByLabelText('Value'))
  await user.type(screen.getByLabelText('Value'), 'SIP/1001')
  await user.click(screen.getByRole('button', { name: 'Write' }))
  expect(bridge.inputsOf('admin.db.put')).toEqual([{ family: 'DEVICE/1001', key: 'dial', value: 'SIP/1001', confirmed: false }])
})

it('deletes one, or a family, only after a question', async () => {
  const { entries, pass, user } = await astdb()
  await user.click(screen.getByRole('button', { name: 'Delete /CF/1001' }))
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }))
  expect(entries.size).toBe(3)
  await user.click(within(families()).getByText('DEVICE'))
  await user.click(screen.getByRole('button', { name: 'Delete the family DEVICE' }))
  await user.click(yes())
  await pass()
  expect([...entries.keys()]).toEqual(['/CF/1001'])
  expect(within(families()).queryByText('DEVICE')).toBeNull()
})
