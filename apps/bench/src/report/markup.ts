/** Escapes text for use between tags and in quoted attributes. */
export function escapeMarkup(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
