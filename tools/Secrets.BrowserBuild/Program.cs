// Nothing runs here: the assemblies are rooted whole by the project file, and the linker reads every method of them.
System.Console.WriteLine("Secrets");
