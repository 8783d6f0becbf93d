import { isObject, type JsonObject, listOf } from './json.ts';

/** Every option of a menu, groups included. */
export function optionsOf(element: JsonObject): JsonObject[] {
  const groups = listOf(element.option_groups).filter(isObject);
  return [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject);
}
