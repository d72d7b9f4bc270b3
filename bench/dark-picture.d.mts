export function darkPicture(): { data: Uint8Array; width: number; height: number };
