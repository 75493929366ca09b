import type { Failure } from '#contract/result.ts'
import type { CheckReport, CheckStep, CheckStepView } from '#contract/setup.ts'
import type { ServerDraft } from './useServerForm.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { useBridge } from '../bridge/index.ts'

const order: readonly CheckStep[] = ['resolve', 'connect', 'secure', 'banner', 'login', 'rights', 'extensions']
const untried = order.map((step): CheckStepView => ({ step, state: 'waiting', error: null, found: null }))

/** A server tried step by step, as it happens. A new run makes the answer of the one before void. */
export function useServerCheck() {
  const bridge = useBridge()
  const steps = shallowRef<readonly CheckStepView[]>(untried)
  const report = shallowRef<CheckReport | null>(null)
  const pending = shallowRef(false)
  /** Why there is no report at all. */
  const refusal = shallowRef<Failure | null>(null)
  let run = 0

  onScopeDispose(bridge.subscribe('setup.step', (next) => {
    if (pending.value)
      steps.value = steps.value.map(step => step.step === next.step ? next : step)
  }))

  async function check(draft: ServerDraft): Promise<void> {
    run += 1
    const mine = run
    steps.value = untried
    report.value = null
    refusal.value = null
    pending.value = true
    const result = await bridge.invoke('setup.check', draft)
    if (mine !== run)
      return
    pending.value = false
    if (result.ok) {
      report.value = result.value
      steps.value = result.value.steps
    }
    else {
      refusal.value = result.error
    }
  }

  async function cancel(): Promise<void> {
    if (!pending.value)
      return
    run += 1
    pending.value = false
    await bridge.invoke('setup.cancelCheck')
  }

  const failure = computed(() => refusal.value ?? steps.value.find(step => step.error !== null)?.error ?? null)
  return { steps, report, pending, failure, check, cancel }
}

export type ServerCheck = ReturnType<typeof useServerCheck>
