import { filler, type Random } from './ids.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** Slack gives every block and every interactive element an id where the sender gave none. */
export function withIds(blocks: JsonObject[], random: Random): JsonObject[] {
  return blocks.map((block) => {
    const named: JsonObject = { ...block, block_id: block.block_id ?? filler(random, 3) };
    if (isObject(block.element)) named.element = withActionId(block.element, random);
    if (isObject(block.accessory)) named.accessory = withActionId(block.accessory, random);
    if (block.type === 'actions' && Array.isArray(block.elements))
      named.elements = block.elements.map((item) => withActionId(item, random));
    return named;
  });
}

function withActionId(element: Json, random: Random): Json {
  if (!isObject(element) || element.type === 'image' || element.action_id !== undefined) return element;
  return { ...element, action_id: filler(random, 3) };
}

/** All interactive elements of some blocks, with the block they stand in. */
export function elementsOf(blocks: readonly JsonObject[]): { block: JsonObject; element: JsonObject }[] {
  return blocks.flatMap((block) => {
    const inside = [
      block.element,
      block.accessory,
      ...(block.type === 'actions' && Array.isArray(block.elements) ? block.elements : []),
    ];
    return inside
      .filter((item): item is JsonObject => isObject(item) && item.type !== 'image')
      .map((element) => ({ block, element }));
  });
}
