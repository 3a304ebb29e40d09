export const projectPattern = /^[a-z0-9](?:[a-z0-9.:-]{0,98}[a-z0-9])?$/;
export const locationPattern = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
