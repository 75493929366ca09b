import type { CatalogAction } from '#contract/admin.ts'

/** Whether an action can be used here: what the server told, else what its release knows. Unknown counts as yes. */
export function isOffered(action: CatalogAction | undefined): boolean {
  if (!action)
    return false
  if (action.allowed !== null)
    return action.allowed
  return action.parameters.length === 0 || action.parameters.some(({ known }) => known !== false)
}
