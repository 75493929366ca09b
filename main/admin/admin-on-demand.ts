import type { Admin, AdminCommandName, AdminParts } from './admin.ts'
import { commands } from '#contract/commands.ts'

/** The administration, read into memory when somebody first asks for it: with its catalogue it is as large as all the rest. */
export function createAdminOnDemand(parts: AdminParts): Admin {
  let made: Promise<Admin> | null = null

  async function make(): Promise<Admin> {
    const { createAdmin } = await import('./admin.ts')
    return createAdmin(parts)
  }

  const handlers = Object.fromEntries(Object.keys(commands).filter(isAdminCommand).map(name => [name, async (input: never) => {
    made ??= make()
    const { handlers } = await made
    return handlers[name](input)
  }]))

  return {
    handlers: handlers as unknown as Admin['handlers'], // under each name the handler of that name is called
    async close() {
      await (await made)?.close()
    },
  }
}

function isAdminCommand(name: string): name is AdminCommandName {
  return name.startsWith('admin.')
}
