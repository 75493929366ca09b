/** Lets go what is dragged, by its kinds, onto an element: jsdom knows no drags. */
export function drop(onto: Element, dragged: Readonly<Record<string, string>>): void {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.defineProperty(event, 'dataTransfer', { value: { getData: (kind: string) => dragged[kind] ?? '', types: Object.keys(dragged) } })
  onto.dispatchEvent(event)
}

export const aDraggedNumber = (number: string, name = ''): Record<string, string> => ({ 'application/x-ringside-number': number, 'application/x-ringside-name': name })
