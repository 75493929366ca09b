import { watchEffect } from 'vue'
import { useAppStore } from '../stores/app.ts'

/** Dresses this window as the preference says; `system` follows the operating system. */
export function useTheme(): void {
  const app = useAppStore()
  watchEffect(() => {
    const theme = app.preferences?.theme ?? 'system'
    if (theme === 'system')
      delete document.documentElement.dataset['theme']
    else
      document.documentElement.dataset['theme'] = theme
  })
}
