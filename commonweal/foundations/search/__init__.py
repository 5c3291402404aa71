"""How what people search by is normalised, before it becomes keyed tokens. Pure; knows nothing of who is found."""
