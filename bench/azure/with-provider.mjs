import "@secretsource/core";
import "@secretsource/provider-azure";
