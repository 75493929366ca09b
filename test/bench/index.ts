// `npm run bench [PART …] [--quick]`: what the program costs, measured here and now. Without a part all of them.
import { existsSync } from 'node:fs'
import process from 'node:process'

const PARTS = ['decoder', 'reduce', 'popup', 'people', 'start']

async function bench(parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    const url = new URL(`./${part}.ts`, import.meta.url)
    if (!PARTS.includes(part) || !existsSync(url)) {
      console.error(`There is no part "${part}"; there are ${PARTS.join(', ')}`)
      process.exitCode = 2
      continue
    }
    const { run }: { run: () => Promise<void> } = await import(url.href)
    await run()
  }
}

const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'))
void bench(wanted.length > 0 ? wanted : PARTS)
