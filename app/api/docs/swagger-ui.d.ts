declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  const swaggerUi: (options: {
    domNode: HTMLElement;
    url: string;
    deepLinking: boolean;
    defaultModelsExpandDepth: number;
    docExpansion: "list" | "full" | "none";
    validatorUrl: null;
    onComplete: () => void;
  }) => void;
  export default swaggerUi;
}
