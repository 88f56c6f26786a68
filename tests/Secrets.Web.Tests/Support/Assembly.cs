using Secrets.Web.Tests.Support;

// one browser, more tests at a time than processors: pages also wait for each other
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
