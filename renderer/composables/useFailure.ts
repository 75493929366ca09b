import type { ComputedRef, Ref } from 'vue'
import type { Failure } from '#contract/result.ts'
import { computed } from 'vue'
import { usePbxStore } from '../stores/pbx.ts'

/** Why the first of these commands that failed did not work. That there was no connection is no news once there is one. */
export function useFailure(...commands: readonly { readonly failure: Readonly<Ref<Failure | null>> }[]): ComputedRef<Failure | null> {
  const pbx = usePbxStore()
  return computed(() => commands.map(each => each.failure.value).find(failure => failure !== null && !(failure.code === 'not-online' && pbx.connection?.state === 'online')) ?? null)
}
