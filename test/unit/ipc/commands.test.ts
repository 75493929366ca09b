import { describe, expect, it } from 'vitest'
import { commands } from '../../../preload/contract/commands.ts'

describe('the commands of the contract', () => {
  it.each(Object.entries(commands))('%s refuses what no command takes', (_name, { input }) => {
    expect(input.safeParse(Symbol('no input')).success).toBe(false)
  })

  it('builds each schema once', () => {
    const command = commands['setup.save']
    expect(command.input).toBe(command.input)
  })
})
