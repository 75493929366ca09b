import type { FeatureCodes } from '#contract/setup.ts'
import { computed, reactive } from 'vue'
import { defaultCodes } from '#contract/setup.ts'

export type CodeName = keyof FeatureCodes

/** What each field takes: `number` is dialled, and may name my extension; `keys` are pressed as they stand; `name` is any word. */
const kinds: Readonly<Record<CodeName, 'number' | 'keys' | 'name'>> = {
  // The extension of the colleague follows; mine is never put in.
  pickup: 'keys',
  dndOn: 'number',
  dndOff: 'number',
  forwardAlways: 'number',
  forwardAlwaysOff: 'number',
  forwardBusy: 'number',
  forwardBusyOff: 'number',
  forwardNoAnswer: 'number',
  forwardNoAnswerOff: 'number',
  record: 'keys',
  swap: 'keys',
  threeWay: 'keys',
  complete: 'keys',
  conference: 'number',
  agent: 'name',
  agentLogin: 'number',
  context: 'name',
}
const takes = { number: /^(?:[\d*#A-D]|\{extension\})*$/, keys: /^[\d*#A-D]*$/, name: /^/ }
const longest = { number: 40, keys: 40, name: 80 }

// `Object.keys` knows the keys only as strings; these are all that the record has.
const names = Object.keys(kinds) as readonly CodeName[]
/** Those that every FreePBX has. A room and an agent are each server's own. */
const ofFreePbx = names.filter(name => name === 'context' || (kinds[name] !== 'name' && defaultCodes[name] !== ''))

export const isKeys = (name: CodeName): boolean => kinds[name] === 'keys'
export const longestCode = (name: CodeName): number => longest[kinds[name]]

/** How many of the codes this server has. */
export function codesSet(codes: FeatureCodes): number {
  return names.filter(name => kinds[name] !== 'name' && codes[name] !== '').length
}

/** The feature codes of a server, as they are or are first supposed to be; only what was changed here is ever complained of or sent. */
export function useCodesForm(before: FeatureCodes = defaultCodes) {
  const form = reactive({ ...before })
  const changed = computed(() => names.filter(name => form[name].trim() !== before[name]))
  const wrong = computed(() => changed.value.filter(name => !takes[kinds[name]].test(form[name].trim())))
  const isFreePbx = computed(() => ofFreePbx.every(name => form[name].trim() === defaultCodes[name]))

  function fillFreePbx(): void {
    for (const name of ofFreePbx)
      form[name] = defaultCodes[name]
  }

  function draft(): { readonly codes?: Partial<FeatureCodes> } {
    return changed.value.length === 0 ? {} : { codes: Object.fromEntries(changed.value.map(name => [name, form[name].trim()])) }
  }

  return { form, wrong, isFreePbx, fillFreePbx, draft }
}

export type CodesForm = ReturnType<typeof useCodesForm>
