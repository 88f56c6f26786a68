using Secrets.Web.Tests.Support;

// one browser, one test at a time: they share two cores with the pages that they look at
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
