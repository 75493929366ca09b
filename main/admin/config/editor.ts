import type { ConfigCategory, ConfigChange, ConfigFile, ConfigOutcome, ConfigPlan, Headers } from '#contract/admin.ts'
import type { Asker } from '../../ami/session/types.ts'
import type { Clock } from '../../clock.ts'
import type { ConfigWarning, Reach } from './change.ts'
import { modernEncoderLimits } from '../../ami/wire/limits.ts'
import { AppError } from '../../errors.ts'
import { fieldsOf } from '../console/console.ts'
import { applyChange, operationHeaders } from './change.ts'
import { configText, readConfig } from './config-file.ts'
import { diffLines } from './diff-lines.ts'

export interface ConfigDraft {
  readonly file: string
  readonly changes: readonly ConfigChange[]
  /** `yes`, a module, or empty for none. */
  readonly reload: string
}

export interface ConfigEditor {
  readonly read: (input: { readonly file: string }) => Promise<ConfigFile>
  /** What a draft would do to the file as it is now; nothing is sent but the question for the file. */
  readonly plan: (draft: ConfigDraft) => Promise<ConfigPlan>
  /** Sends the draft as one action and reads the file again, whatever came of it. */
  readonly apply: (draft: ConfigDraft) => Promise<ConfigOutcome>
}

/** Its headers have numbers in their names, which the compiler cannot follow here. */
const UPDATE: string = 'UpdateConfig'

export function createConfigEditor({ asker, clock }: { readonly asker: () => Asker, readonly clock: Clock }): ConfigEditor {
  const read = async (file: string): Promise<ConfigFile> => readConfig(asker(), file, clock.now())

  async function prepare(draft: ConfigDraft): Promise<ConfigPlan & { readonly wanted: readonly ConfigCategory[] }> {
    const before = await read(draft.file)
    const reach: Reach = asker().server.dialect === 'modern' ? 'all' : 'first'
    let wanted: readonly ConfigCategory[] = before.categories
    const warnings = new Set<ConfigWarning>()
    const operations = draft.changes.flatMap((change, index) => {
      const headers = operationHeaders(change, index, wanted, reach)
      const next = applyChange(wanted, change, reach)
      wanted = next.categories
      for (const warning of next.warnings)
        warnings.add(warning)
      return headers
    })
    const action: Headers = [['SrcFilename', draft.file], ['DstFilename', draft.file], ...(draft.reload === '' ? [] : [['Reload', draft.reload] as const]), ...operations]
    // What does not fit into one action would be half written.
    const { headers: most } = modernEncoderLimits
    const have = action.length + ['Action', 'ActionID'].length
    if (have > most)
      throw new AppError('too-many-headers', 'So many changes do not fit into one action', { details: { most, have } })
    return {
      action: operations.length === 0 ? null : action,
      diff: diffLines(configText(before.categories), configText(wanted)),
      warnings: [...warnings],
      wanted,
    }
  }

  return {
    read: ({ file }) => read(file),
    async plan(draft) {
      const { wanted: _, ...plan } = await prepare(draft)
      return plan
    },
    async apply(draft) {
      const { action, wanted } = await prepare(draft)
      let failure: ConfigOutcome['failure'] = null
      try {
        if (action !== null)
          await asker().action(UPDATE, fieldsOf(action))
      }
      catch (error) {
        if (!(error instanceof AppError))
          throw error
        failure = { code: error.code, message: error.message, details: error.details }
      }
      // 1.4 answers Success also when it did nothing, and a lost answer may stand for a written file: only the file itself tells.
      const now = await read(draft.file).catch((error: unknown) => {
        if (!(error instanceof AppError))
          throw error
        failure ??= { code: error.code, message: error.message, details: error.details }
        return null
      })
      return { failure, now, asPlanned: now !== null && isSame(now.categories, wanted) }
    },
  }
}

/** Whether two files say the same; `=` and `=>` cannot be told apart by what the server answers. */
function isSame(one: readonly ConfigCategory[], other: readonly ConfigCategory[]): boolean {
  const plain = (categories: readonly ConfigCategory[]): string => JSON.stringify(categories.map(({ inherits, lines, name, template }) => [name, template, inherits, lines.map(line => [line.name, line.value])]))
  return plain(one) === plain(other)
}
