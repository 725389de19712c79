/** Writes 1024 as `1,024`, everywhere the same: the locales of browsers differ. */
export function grouped(number: number): string {
  return number.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
}
