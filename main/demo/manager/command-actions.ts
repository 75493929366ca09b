import type { Answers } from './action.ts'
import { runCommand } from '../console/console.ts'
import { failure, output } from './answer.ts'

export const commandActions = {
  Command(request, office) {
    const line = request.get('Command')
    if (line === '')
      return failure('No command provided')
    const { isRefused, lines } = runCommand(office, line)
    return output(lines, isRefused)
  },
} as const satisfies Answers
