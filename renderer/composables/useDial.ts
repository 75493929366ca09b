import type { Ref } from 'vue'
import type { Failure } from '#contract/result.ts'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/index.ts'
import { useCommand } from './useCommand.ts'

/** Typing settles this long before main is asked what would be dialled. */
const PREVIEW_DELAY_MS = 120

/** What is being typed to dial, what would come of it, and the way to do it. */
export function useDial(): {
  readonly text: Ref<string>
  readonly preview: Ref<{ readonly number: string, readonly display: string } | null>
  readonly pending: Ref<boolean>
  readonly failure: Ref<Failure | null>
  /** Dials what is typed, or a colleague's number instead of the name that is typed. */
  readonly dial: (name?: string | null, number?: string) => Promise<boolean>
} {
  const bridge = useBridge()
  const text = ref('')
  const preview = shallowRef<{ readonly number: string, readonly display: string } | null>(null)
  const { pending, failure, run } = useCommand('dial.start')
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    const asked = text.value
    const result = await bridge.invoke('dial.preview', { text: asked })
    if (asked === text.value)
      preview.value = result.ok ? result.value : null
  }

  watch(text, () => {
    clearTimeout(timer)
    failure.value = null
    if (text.value.trim() === '')
      preview.value = null
    else
      timer = setTimeout(look, PREVIEW_DELAY_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  async function dial(name: string | null = null, number = text.value): Promise<boolean> {
    if (pending.value)
      return false
    const started = await run({ text: number, name })
    if (started)
      text.value = ''
    return started !== null
  }

  return { text, preview, pending, failure, dial }
}
