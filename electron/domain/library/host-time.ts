const two = (value: number) => String(value).padStart(2, '0')

/** A moment, epoch milliseconds, as wall time on the host's clock: `YYYY-MM-DDTHH:mm:ss.sss`. */
export function hostTime(ms: number): string {
  const at = new Date(ms)
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  return `${date}T${time}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** When a month (`YYYY-MM`) begins and the next one does, on the host's clock: epoch milliseconds. */
export function hostMonth(month: string): { from: number; to: number } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: new Date(year, number - 1, 1).getTime(), to: new Date(year, number, 1).getTime() }
}
