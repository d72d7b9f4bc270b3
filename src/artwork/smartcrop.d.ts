// The package's own declaration describes an ES module for the browser; what it has is a CommonJS one.
declare module 'smartcrop' {
  interface Crop {
    x: number;
    y: number;
    width: number;
    height: number;
  }
  interface Image {
    width: number;
    height: number;
    /** RGBA, 8 bits. */
    data: Uint8Array;
  }
  interface Options {
    width: number;
    height: number;
    minScale: number;
    ruleOfThirds: boolean;
    prescale: boolean;
    imageOperations: {
      open(image: Image): Promise<Image>;
      getData(image: Image): Promise<Image>;
    };
  }
  const smartcrop: {
    /** `topCrop` is `null` where no part of that shape fits the picture. */
    crop(image: Image, options: Options): Promise<{ topCrop: Crop | null }>;
  };
  export default smartcrop;
}
