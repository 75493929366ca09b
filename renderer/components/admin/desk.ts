import type { InjectionKey, Ref } from 'vue'
import type { Headers, TraceFilter } from '#contract/admin.ts'
import type { SectionId } from './sections.ts'
import { inject, provide, ref, shallowRef } from 'vue'

/** What one section hands to another: where the person is, what the console should hold, what the trace should show. */
export interface Desk {
  readonly section: Ref<SectionId>
  readonly consoleDraft: Ref<{ readonly action: string, readonly fields: Headers, readonly asText: boolean } | null>
  readonly traceWish: Ref<Partial<TraceFilter> | null>
  readonly toConsole: (action: string, fields: Headers, asText?: boolean) => void
  readonly toTrace: (filter: Partial<TraceFilter>) => void
}

const deskKey: InjectionKey<Desk> = Symbol('desk')

export function provideDesk(): Desk {
  const section = ref<SectionId>('console')
  const consoleDraft = shallowRef<Desk['consoleDraft']['value']>(null)
  const traceWish = shallowRef<Partial<TraceFilter> | null>(null)
  const desk: Desk = {
    section,
    consoleDraft,
    traceWish,
    toConsole(action, fields, asText = false) {
      consoleDraft.value = { action, fields, asText }
      section.value = 'console'
    },
    toTrace(filter) {
      traceWish.value = filter
      section.value = 'trace'
    },
  }
  provide(deskKey, desk)
  return desk
}

export function useDesk(): Desk {
  const desk = inject(deskKey)
  if (!desk)
    throw new Error('useDesk() needs the administration window')
  return desk
}
