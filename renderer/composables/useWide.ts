import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

/** Whether the window has room for two columns. */
export function useWide(query = '(min-width: 760px)'): Readonly<Ref<boolean>> {
  const media = window.matchMedia(query)
  const wide = ref(media.matches)
  const follow = (event: MediaQueryListEvent): void => { wide.value = event.matches }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return wide
}
