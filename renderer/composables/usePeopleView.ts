import { ref, watch } from 'vue'

const views = ['list', 'board'] as const
export type PeopleView = typeof views[number]

const KEPT = 'ringside.people'

/** Whether people stand in a list or on a board where there is room for one; remembered on this computer. */
export function usePeopleView() {
  const kept = localStorage.getItem(KEPT)
  const view = ref<PeopleView>(views.find(each => each === kept) ?? 'list')
  watch(view, next => localStorage.setItem(KEPT, next))
  return view
}
