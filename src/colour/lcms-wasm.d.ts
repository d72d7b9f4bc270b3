declare module 'lcms-wasm' {
  /** The compiled library: functions of LittleCMS by their C names, over the module's own heap. */
  export interface LittleCms {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    ccall(
      name: string,
      returns: 'number' | undefined,
      argumentTypes: readonly 'number'[],
      args: readonly number[],
    ): number;
    cmsGetColorSpaceASCII(profile: number): string | null;
    cmsGetProfileInfoASCII(profile: number, info: number, language: string, country: string): string;
  }
  export function instantiate(): Promise<LittleCms>;
  export const TYPE_RGB_8: number;
  export const TYPE_RGB_16: number;
  export const TYPE_CMYK_8: number;
  export const TYPE_CMYK_16: number;
  export const TYPE_GRAY_8: number;
  export const TYPE_Lab_DBL: number;
  export const TYPE_Lab_FLT: number;
  export const cmsFLAGS_BLACKPOINTCOMPENSATION: number;
  export const cmsFLAGS_NOCACHE: number;
  export const cmsInfoDescription: number;
}
