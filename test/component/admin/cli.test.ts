import { screen, within } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'

async function cli(): Promise<Awaited<ReturnType<typeof openAdmin>> & { readonly field: HTMLInputElement }> {
  const window = await openAdmin()
  await window.user.click(screen.getByRole('button', { name: 'Command line' }))
  return { ...window, field: screen.getByLabelText<HTMLInputElement>('Command') }
}
const output = (): HTMLElement => screen.getByRole('log', { name: 'Output' })

it('runs a command, shows its lines as they are and the time it took', async () => {
  const { bridge, field, user } = await cli()
  bridge.answer('admin.cli', () => ok({ lines: ['Channel    State', 'PJSIP/1    Up'], elapsedMs: 7 }))
  await user.type(field, 'core show channels{Enter}')
  expect(output().querySelector('pre')?.textContent).toBe('Channel    State\nPJSIP/1    Up')
  expect(output().textContent).toContain('7 ms')
  expect(field.value).toBe('')
})

it('asks before a command that does more than tell', async () => {
  const { bridge, field, pass, user } = await cli()
  bridge.answer('admin.cli', ({ command, confirmed }) => confirmed ? ok({ lines: ['bye'], elapsedMs: 1 }) : failed('needs-confirmation', command, { action: 'Command', what: command }))
  await user.type(field, 'core restart now{Enter}')
  expect(screen.getByRole('alertdialog').textContent).toContain('core restart now')
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' }))
  await pass()
  expect(bridge.inputsOf('admin.cli').map(({ confirmed }) => confirmed)).toEqual([false, true])
  expect(output().textContent).toContain('bye')
})

it('says why a command was refused', async () => {
  const { bridge, field, user } = await cli()
  bridge.answer('admin.cli', () => failed('action-refused', 'No such command \'fly\''))
  await user.type(field, 'fly show{Enter}')
  expect(screen.getByRole('alert').textContent).toContain('No such command \'fly\'')
})

it('completes with Tab: one answer at once, of several what they share', async () => {
  const { bridge, field, pass, user } = await cli()
  bridge.answer('admin.completeCli', ({ text }) => ok(['core show channels', 'core show channeltypes'].filter(each => each.startsWith(text))))
  await user.type(field, 'core sh')
  await user.keyboard('{Tab}')
  await pass()
  expect(field.value).toBe('core show channel')
  expect(screen.getByRole('list', { name: 'Completions' }).textContent).toContain('core show channeltypes')
  await user.type(field, 't')
  await user.keyboard('{Tab}')
  await pass()
  expect(field.value).toBe('core show channeltypes ')
  expect(screen.queryByRole('list', { name: 'Completions' })).toBeNull()
})

it('lets Tab leave an empty line', async () => {
  const { bridge, field, user } = await cli()
  field.focus()
  await user.keyboard('{Tab}')
  expect(document.activeElement).not.toBe(field)
  expect(bridge.inputsOf('admin.completeCli')).toEqual([])
})

it('finds commands again with the arrows, and what was half typed after them', async () => {
  const { field, user } = await cli()
  await user.type(field, 'help a{Enter}help b{Enter}half')
  await user.keyboard('{ArrowUp}{ArrowUp}')
  expect(field.value).toBe('help a')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(field.value).toBe('half')
})

it('draws five hundred lines of a long output, and the rest when asked', async () => {
  const { bridge, field, user } = await cli()
  bridge.answer('admin.cli', () => ok({ lines: Array.from({ length: 3000 }, (_, n) => `line ${n}`), elapsedMs: 1 }))
  await user.type(field, 'dialplan show{Enter}')
  expect(output().querySelector('pre')?.textContent.split('\n')).toHaveLength(500)
  await user.click(screen.getByRole('button', { name: '2500 more lines' }))
  expect(output().querySelector('pre')?.textContent.split('\n')).toHaveLength(3000)
})
